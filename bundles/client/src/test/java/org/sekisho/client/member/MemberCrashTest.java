// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.GroupId;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.UnavailableException;
import org.sekisho.client.member.World.Person;
import org.sekisho.codec.Cbor;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;

/**
 * Promise P2: a member is killed at the Nth call of its store, begins anew on the same store and ends where it would have ended.
 * Every build tries every {@value #STRIDE}th N, beginning elsewhere for each operation; {@code -Dsekisho.crash.stride=1} tries all,
 * or every eleventh of joining.
 */
class MemberCrashTest {

    private static final int STRIDE = 9;

    @TempDir
    Path directory;

    private final FaultyRowStore rows = new FaultyRowStore(new MemoryRowStore());
    private final List<String> expected = new ArrayList<>();
    private World world;
    private Person alice;
    private Person carol;
    private GroupId group;

    @BeforeEach
    void two() {
        world = new World(directory);
        alice = world.enrol("Alice");
        carol = world.enrol("Carol", rows);
        group = alice.found(world.policy(alice));
        alice.invite(group, carol);
    }

    /** Fails ever later until the operation gets through unharmed. */
    private int crashing(BiConsumer<FaultyRowStore, Integer> failure, Runnable operation) {
        return crashing(failure, () -> {}, operation);
    }

    private int crashing(BiConsumer<FaultyRowStore, Integer> failure, Runnable before, Runnable operation) {
        return crashing(Integer.getInteger("sekisho.crash.stride", STRIDE), failure, before, operation);
    }

    private int crashing(int stride, BiConsumer<FaultyRowStore, Integer> failure, Runnable before, Runnable operation) {
        int crashes = 0;
        for (int n = 1; ; n += stride) {
            before.run();
            failure.accept(rows, n);
            try {
                operation.run();
                world.settle();
            } catch (UnavailableException | IndeterminateException killed) {
                crashes++;
            }
            boolean failed = rows.failed();
            rows.heal();
            if (failed) {
                carol.restart();
            }
            world.settle();
            assertThat(carol.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
            assertThat(carol.alarms()).isEmpty();
            assertThat(carol.host.view(group).safetyNumber())
                    .isEqualTo(alice.host.view(group).safetyNumber());
            assertThat(carol.heardOnce()).isEqualTo(expected);
            if (!failed) {
                return crashes;
            }
        }
    }

    private void receive() {
        String text = "message " + expected.size();
        expected.add(text);
        alice.send(group, text);
    }

    private void renew() {
        world.lived.addAndGet(Duration.ofSeconds(2).toMillis());
        alice.host.request(group, "renew", Cbor.encode());
    }

    @Test
    void crash_at_calls_of_receiving() {
        assertThat(crashing(FaultyRowStore::failAt, this::receive)).isPositive();
    }

    @Test
    void answer_lost_at_commits_of_receiving() {
        assertThat(crashing(FaultyRowStore::loseAnswerAt, this::receive)).isPositive();
    }

    @Test
    void crash_at_calls_of_an_epoch_change() {
        assertThat(crashing(FaultyRowStore::failAt, this::renew)).isPositive();
        receive();
        world.settle();
        assertThat(carol.heardOnce()).isEqualTo(expected);
    }

    @Test
    void answer_lost_at_commits_of_an_epoch_change() {
        assertThat(crashing(FaultyRowStore::loseAnswerAt, this::renew)).isPositive();
    }

    @Test
    void crash_at_calls_of_joining_again() {
        // each try makes two epochs that the next joiner verifies, so a small stride takes long
        int stride = 11 * Integer.getInteger("sekisho.crash.stride", STRIDE);
        int crashes = crashing(
                stride, FaultyRowStore::failAt, () -> alice.remove(group, carol), () -> alice.invite(group, carol));
        assertThat(crashes).isPositive();
        receive();
        world.settle();
        assertThat(carol.heardOnce()).isEqualTo(expected);
    }
}
