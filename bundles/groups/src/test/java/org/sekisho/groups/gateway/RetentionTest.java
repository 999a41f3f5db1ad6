// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.groups.gateway.GatewayHostTest.refused;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Right;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.groups.chain.Actor;

/** Note R40: logs do not grow for ever, and nobody loses in silence what was forgotten. */
class RetentionTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final GatewayWorld world = new GatewayWorld().three();

    private void days(int days) {
        for (int i = 0; i < days; i++) {
            world.lived.addAndGet(DAY.toMillis());
            world.host.forget();
        }
    }

    private List<LogEntry> read(Actor reader, long after) {
        return world.host.read(GatewayWorld.caller(reader), world.group, after, 500);
    }

    private long rows(Table table) {
        return world.rows.read(world.group.value(), tx -> tx.count(table, Octets.EMPTY));
    }

    @Test
    void what_is_old_is_forgotten_and_nothing_else() {
        world.host.forget();
        long old = read(world.alice, 0).size();
        assertThat(rows(Table.LOG)).isEqualTo(old);
        days(29);
        world.note(world.bob, "young");
        assertThat(read(world.alice, 0)).hasSize((int) old + 1);

        days(1);
        assertThat(rows(Table.LOG)).isEqualTo(1);
        assertThat(rows(Table.SLICE)).isZero();
        assertThat(read(world.alice, old)).hasSize(1);
        // the past that newcomers verify is no part of it
        assertThat(world.chain().commits()).hasSize(2);
    }

    @Test
    void what_was_set_aside_long_ago_is_forgotten() {
        world.submit(world.bob, "toy/throw", Octets.utf8("x"));
        days(29);
        assertThat(rows(Table.DEAD)).isEqualTo(1);
        days(1);
        assertThat(rows(Table.DEAD)).isZero();
    }

    @Test
    void who_missed_it_is_told_and_who_came_later_missed_nothing() {
        world.host.forget();
        days(30);
        for (Actor behind : List.of(world.alice, world.bob)) {
            refused(ErrorCode.LOG_EXPIRED, () -> read(behind, 0));
            refused(ErrorCode.LOG_EXPIRED, () -> read(behind, 3));
        }
        var dave = new Actor(4);
        world.enrol(dave);
        world.propose(
                world.alice,
                world.alice.entry(1, Right.values()),
                world.bob.entry(2),
                world.carol.entry(2, Right.INVITE),
                dave.entry(3));
        world.commit(world.alice);
        assertThat(read(dave, 0)).isNotEmpty();
    }

    /** What the server tells one leaf after a commit: the others never see it, and cannot have missed it. */
    @Test
    void a_letter_to_one_leaf_expires_nobody_else() {
        long read = read(world.alice, 0).stream().mapToLong(LogEntry::n).max().orElseThrow();
        Octets letter = world.bob.send(world.group, world.carol.party(), "toy/hello", Octets.utf8("for Carol"));
        world.rows.transact(world.group.value(), tx -> new GroupLog()
                .append(tx, EnvelopeCodec.decodeSigned(letter), Instant.EPOCH));
        world.host.forget();
        days(30);
        assertThat(rows(Table.LOG)).isZero();
        assertThat(read(world.alice, read)).isEmpty();
        refused(ErrorCode.LOG_EXPIRED, () -> read(world.carol, read));
        assertThat(read(world.carol, read + 1)).isEmpty();
    }

    @Test
    void that_a_message_was_taken_is_forgotten_with_it() {
        long before = rows(Table.SEEN);
        world.post(world.bob, "one");
        world.post(world.bob, "two");
        assertThat(rows(Table.SEEN)).isGreaterThan(before);
        long head = rows(Table.LOG);
        world.host.forget();
        days(30);
        assertThat(rows(Table.LOG)).isZero();
        assertThat(head).isPositive();
        assertThat(rows(Table.SEEN)).isEqualTo(before);
    }

    @Test
    void a_new_process_counts_on() {
        world.host.forget();
        days(20);
        world.restart();
        days(9);
        assertThat(read(world.alice, 0)).isNotEmpty();
        world.restart();
        days(1);
        refused(ErrorCode.LOG_EXPIRED, () -> read(world.alice, 0));
    }

    @Test
    void a_long_log_is_forgotten_in_pieces() {
        for (int i = 0; i < 700; i++) {
            world.note(world.bob, "note " + i);
        }
        world.host.forget();
        days(31);
        assertThat(rows(Table.LOG)).isZero();
        assertThat(rows(Table.SLICE)).isZero();
    }
}
