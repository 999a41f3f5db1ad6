// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.UnavailableException;
import org.sekisho.client.member.World.Person;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;

/**
 * Promise P2 for scheme switches, there and back: the gateway, who orders, or who follows is killed at the Nth call of its store,
 * begins anew, and all end in one epoch of the new scheme with every message read once. Every build tries every {@value #STRIDE}th
 * N; {@code -Dsekisho.crash.stride=1} tries all.
 */
class SwitchCrashTest {

    private static final int STRIDE = 13;
    private static final Caller OPERATOR = Caller.user("op", java.util.Set.of(Role.OPERATOR));

    @TempDir
    Path directory;

    private final FaultyRowStore gatewayRows = new FaultyRowStore(new MemoryRowStore());
    private final FaultyRowStore aliceRows = new FaultyRowStore(new MemoryRowStore());
    private final FaultyRowStore carolRows = new FaultyRowStore(new MemoryRowStore());
    private final List<String> texts = new ArrayList<>();
    private World world;
    private Person alice;
    private Person carol;
    private GroupId group;

    private void found() {
        world = new World(directory, SchemeSwitchTest.TWO_RANDOM, gatewayRows);
        alice = world.enrol("Alice", aliceRows);
        carol = world.enrol("Carol", carolRows);
        group = alice.found(world.movable(alice));
        alice.invite(group, carol);
    }

    private String scheme() {
        return world.gateway.group(OPERATOR, group).schemeId();
    }

    private void restart() {
        for (FaultyRowStore rows : List.of(gatewayRows, aliceRows, carolRows)) {
            boolean failed = rows.failed();
            rows.heal();
            if (failed && rows == gatewayRows) {
                world.restart();
            } else if (failed) {
                (rows == aliceRows ? alice : carol).restart();
            }
        }
    }

    private int crashing(FaultyRowStore rows, BiConsumer<FaultyRowStore, Integer> failure) {
        found();
        int crashes = 0;
        int stride = Integer.getInteger("sekisho.crash.stride", STRIDE);
        boolean failed = true;
        for (int n = 1; failed; n += stride) {
            String next = scheme().equals(DealtScheme.ID) ? SchemeSwitchTest.TWO_RANDOM : DealtScheme.ID;
            // ordered before: what is killed is the carrying out
            alice.host.switchScheme(group, next, Octets.EMPTY, Duration.ofMinutes(10));
            failure.accept(rows, n);
            try {
                world.settle();
            } catch (UnavailableException | IndeterminateException killed) {
                crashes++;
            }
            failed = rows.failed();
            restart();
            for (int i = 0; i < 20 && !(agreed(alice, next) && agreed(carol, next)); i++) {
                world.pass(Duration.ofSeconds(2));
            }
            check(next, "call " + n);
        }
        return crashes;
    }

    private boolean agreed(Person person, String next) {
        return person.host.view(group).schemeId().equals(next)
                && person.host.view(group).keyed();
    }

    private void check(String next, String when) {
        assertThat(scheme()).as(when).isEqualTo(next);
        for (Person person : List.of(alice, carol)) {
            var view = person.host.view(group);
            assertThat(view.status()).as(when).isEqualTo(MemberStatus.MEMBER);
            assertThat(view.schemeId()).as(when).isEqualTo(next);
            assertThat(view.keyed()).as(when).isTrue();
            assertThat(view.pendingSwitch()).as(when).isEmpty();
            assertThat(person.alarms()).as(when).isEmpty();
        }
        assertThat(carol.host.view(group).epochHash())
                .as(when)
                .isEqualTo(alice.host.view(group).epochHash());
        texts.add(when);
        alice.send(group, when);
        world.settle();
        assertThat(carol.heardOnce()).as(when).isEqualTo(texts);
    }

    @Test
    void crash_at_calls_of_the_gateway() {
        assertThat(crashing(gatewayRows, FaultyRowStore::failAt)).isPositive();
    }

    @Test
    void answer_lost_at_commits_of_the_gateway() {
        crashing(gatewayRows, FaultyRowStore::loseAnswerAt);
    }

    @Test
    void crash_at_calls_of_who_orders() {
        assertThat(crashing(aliceRows, FaultyRowStore::failAt)).isPositive();
    }

    @Test
    void crash_at_calls_of_who_follows() {
        assertThat(crashing(carolRows, FaultyRowStore::failAt)).isPositive();
    }

    @Test
    void answer_lost_at_commits_of_who_follows() {
        assertThat(crashing(carolRows, FaultyRowStore::loseAnswerAt)).isPositive();
    }
}
