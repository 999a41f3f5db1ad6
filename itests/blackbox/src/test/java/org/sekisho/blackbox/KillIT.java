// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** P1: SIGKILL of the real gateway at random moments of mixed work. What was acknowledged is never lost, nothing comes twice. */
class KillIT {

    private static final int KILLS = Integer.getInteger("sekisho.kills", 10);

    @Test
    void acknowledgedSurvivesEveryKill() throws Exception {
        long seed = Long.getLong("sekisho.seed", 20261121L);
        Random random = new Random(seed);
        try (Town town = new Town(Duration.ofSeconds(2), "kim", "lee", "max")) {
            List<Chatter> chatters = new ArrayList<>();
            town.people.forEach(p -> chatters.add(new Chatter(p, town.group.id())));
            for (int i = 0; i < KILLS; i++) {
                TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(1500));
                town.gateway.kill();
                town.gateway.start();
                town.gateway.awaitReady(Duration.ofSeconds(120));
            }
            for (Chatter chatter : chatters) {
                int before = chatter.acknowledged().size();
                assertThat(Deadline.await(
                                Town.PATIENCE, () -> chatter.acknowledged().size() > before))
                        .as("talking goes on after the last start")
                        .isTrue();
            }
            for (Chatter chatter : chatters) {
                chatter.close();
            }
            boolean all =
                    Deadline.await(Town.PATIENCE, () -> lost(town, chatters).isEmpty());
            assertThat(lost(town, chatters)).as("seed %d", seed).isEmpty();
            assertThat(all).isTrue();
            // whoever sends while the process dies is told to try again, or that the outcome is open; never a final no
            for (Chatter chatter : chatters) {
                assertThat(chatter.refusals()).as("seed %d", seed).isEmpty();
            }
            for (Person p : town.people) {
                assertThat(p.texts()).allMatch(t -> p.times(t) == 1);
            }
            assertThat(Deadline.await(Town.PATIENCE, town::together)).isTrue();
            assertThat(town.admin.verify(Optional.empty()).intact()).isTrue();
            assertThat(town.admin.verify(Optional.of(town.group.id())).intact()).isTrue();
        }
    }

    private static List<String> lost(Town town, List<Chatter> chatters) {
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < chatters.size(); i++) {
            for (int j = 0; j < town.people.size(); j++) {
                Person reader = town.people.get(j);
                if (i != j) {
                    chatters.get(i).acknowledged().stream()
                            .filter(t -> reader.times(t) == 0)
                            .forEach(t -> lost.add(reader.name() + ": " + t));
                }
            }
        }
        return lost;
    }
}
