// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.client.EpochInfo;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group moves between both schemes while people talk and the gateway is killed with SIGKILL: when the switch is ordered, while
 * the second instance makes its first key, when it has just been committed. It ends in exactly one scheme, the same for gateway
 * and all members, and what was acknowledged is read by all.
 */
class SwitchKillIT {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchKillIT.class);
    private static final GroupPolicy POLICY = GroupPolicy.withDefaults("moving")
            .scheme(GroupPolicy.TWO_RANDOM, GroupPolicy.KEY_DERIVATION)
            .withIntervals(Duration.ofDays(30), Duration.ofHours(1));

    private static final int MOST_TRIES = 3;

    /** Two kills take the build long enough; all six are gone through by hand. */
    private static final boolean ALL = Boolean.getBoolean("sekisho.switch.all");

    private final List<Chatter> chatters = new ArrayList<>();
    private final List<String> stages = new ArrayList<>();
    private Assembly town;

    @BeforeEach
    void boot() throws Exception {
        town = new Assembly();
    }

    @AfterEach
    void close() throws Exception {
        for (Chatter chatter : chatters) {
            chatter.close();
        }
        town.close();
    }

    @Test
    void oneSchemeAndNothingLostWhereverTheGatewayIsKilled() throws Exception {
        town.form(POLICY, 2, 3);
        town.assertTogether("formed");
        town.people.forEach(p -> chatters.add(new Chatter(p, town.group().id())));

        List<String> wanted = new ArrayList<>(List.of("second instance, second round", "committed"));
        duringPreparation("second instance, second round", "ROUND_2");
        whenCommitted(GroupPolicy.TWO_RANDOM);
        if (ALL) {
            wanted.addAll(List.of("ordered, before the first round", "second instance, before its commit"));
            duringPreparation("ordered, before the first round", "ROUND_1");
            atOnce(GroupPolicy.TWO_RANDOM);
            duringPreparation("second instance, before its commit", "CONFIRM");
            whenCommitted(GroupPolicy.TWO_RANDOM);
        }

        for (Chatter chatter : chatters) {
            chatter.close();
            assertThat(chatter.refusals()).isEmpty();
            assertThat(chatter.acknowledged()).isNotEmpty();
        }
        assertThat(Deadline.await(Assembly.PATIENCE, () -> lost().isEmpty()))
                .as("%s", lost())
                .isTrue();
        for (Person person : town.people) {
            assertThat(person.texts()).allMatch(text -> person.times(text) == 1);
        }
        assertThat(town.admin.verify(Optional.of(town.group().id())).intact()).isTrue();
        LOG.info("killed: {}", stages);
        assertThat(stages).containsAll(wanted);
    }

    private List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < chatters.size(); i++) {
            for (String text : chatters.get(i).acknowledged()) {
                for (int j = 0; j < town.people.size(); j++) {
                    if (i != j && town.people.get(j).times(text) == 0) {
                        lost.add(town.people.get(j).name() + ": " + text);
                    }
                }
                town.remotes.stream()
                        .filter(r -> !r.read().contains(text))
                        .forEach(r -> lost.add(r.name() + ": " + text));
            }
        }
        return lost;
    }

    /** To key derivation; its instance waits in {@code phase} for a process that is held. Once more when the server's patience was less. */
    private void duringPreparation(String stage, String phase) throws Exception {
        for (int i = 0; i < MOST_TRIES && !stages.contains(stage); i++) {
            if (i > 0) {
                settled("again", GroupPolicy.TWO_RANDOM, town.group().switchSchemeAsync(GroupPolicy.TWO_RANDOM));
            }
            prepare(stage, phase);
        }
    }

    private void prepare(String stage, String phase) throws Exception {
        var held = new Held(town.scheme(), "next.", town.remotes.get(2), town.remotes);
        Group group = town.group();
        List<CompletableFuture<EpochInfo>> ordered = new ArrayList<>();
        boolean reached = held.bringTo(phase, () -> ordered.add(group.switchSchemeAsync(GroupPolicy.KEY_DERIVATION)));
        JsonNode view = town.scheme().view();
        boolean preparing = runs(GroupPolicy.TWO_RANDOM, view)
                && view.path("pendingSwitch").path("state").asText().equals("PREPARING");
        if (reached && preparing && held.lasts(phase)) {
            kill(stage);
        }
        held.release();
        settled(stage, GroupPolicy.KEY_DERIVATION, ordered.get(0));
    }

    private void atOnce(String to) throws Exception {
        CompletableFuture<EpochInfo> ordered = town.group().switchSchemeAsync(to);
        Deadline.await(Duration.ofSeconds(20), () -> pending() || runs(to));
        kill(runs(to) ? "committed" : "ordered");
        settled("at once", to, ordered);
    }

    private void whenCommitted(String to) throws Exception {
        CompletableFuture<EpochInfo> ordered = town.group().switchSchemeAsync(to);
        assertThat(Deadline.await(Assembly.PATIENCE, () -> runs(to))).isTrue();
        kill("committed");
        settled("committed", to, ordered);
    }

    private void kill(String stage) throws Exception {
        town.gateway.kill();
        stages.add(stage);
        town.restartGateway();
    }

    private boolean runs(String scheme) {
        return runs(scheme, view());
    }

    private static boolean runs(String scheme, JsonNode view) {
        return view.path("schemeId").asText().equals(scheme);
    }

    private boolean pending() {
        return view().path("pendingSwitch").isObject();
    }

    private JsonNode view() {
        try {
            return town.scheme().view();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ordered is kept: the switch is carried out. Everybody is in the gateway's scheme, and no second one is left. */
    private void settled(String when, String to, CompletableFuture<EpochInfo> ordered) throws Exception {
        boolean done = Deadline.await(Assembly.PATIENCE, () -> runs(to) && !pending());
        assertThat(done).as("%s: %s", when, view()).isTrue();
        town.assertTogether(when);
        assertThat(town.group().scheme()).isEqualTo(to);
        assertThat(town.group().pendingSwitch()).isEmpty();
        assertThat(town.scheme().shown().keySet()).noneMatch(key -> key.startsWith("next."));
        ordered.exceptionally(whoAsked -> null).join();
    }
}
