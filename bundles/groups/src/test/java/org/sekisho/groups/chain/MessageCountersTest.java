// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.Sha256;
import org.sekisho.testkit.store.MemoryRowStore;

class MessageCountersTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);

    private Instant now = Instant.EPOCH;
    private final MemoryRowStore rows = new MemoryRowStore();
    private final MessageCounters counters = new MessageCounters();
    private final Actor alice = new Actor(1);

    private Envelope message(long generation, long counter) {
        return new Envelope(
                GROUP, alice.party(), Party.SERVER, Octets.ofLong(generation), counter, "toy/x", now, Octets.EMPTY);
    }

    private long rows() {
        return rows.read(GROUP.value(), tx -> tx.count(Table.SEEN, Octets.EMPTY));
    }

    private static Hash hash(String content) {
        return Sha256.hash(Octets.utf8(content));
    }

    /** Takes the message if it is fresh. */
    private Freshness take(long generation, long counter, String content) {
        return rows.transact(GROUP.value(), tx -> {
            Envelope e = message(generation, counter);
            Freshness freshness = counters.check(tx, e, hash(content));
            if (freshness == Freshness.FRESH) {
                counters.record(tx, e, hash(content));
            }
            return freshness;
        });
    }

    @Test
    void each_counter_is_taken_once_in_any_order() {
        assertThat(take(1, 5, "five")).isEqualTo(Freshness.FRESH);
        assertThat(take(1, 3, "three")).isEqualTo(Freshness.FRESH);
        assertThat(take(1, 5, "five")).isEqualTo(Freshness.REPEATED);
        assertThat(take(1, 3, "other")).isEqualTo(Freshness.CONFLICTING);
    }

    @Test
    void below_the_window_everything_is_a_replay_and_rows_are_bounded() {
        for (long c = 1; c <= MessageCounters.WINDOW + 100; c++) {
            take(1, c, "n");
        }

        assertThat(take(1, 100, "n")).isEqualTo(Freshness.REPLAYED);
        assertThat(take(1, 101, "n")).isEqualTo(Freshness.REPEATED);
        assertThat(rows()).isEqualTo(MessageCounters.WINDOW + 1);
    }

    @Test
    void a_great_leap_forgets_the_counters_before_but_not_that_they_are_old() {
        for (long c = 1; c <= 100; c++) {
            take(1, c, "n");
        }
        take(1, 1_000_000, "n");

        assertThat(take(1, 50, "n")).isEqualTo(Freshness.REPLAYED);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void retired_generations_stay_refused() {
        for (long g = 1; g <= MessageCounters.ACTIVE + 1; g++) {
            assertThat(take(g, 1, "n")).isEqualTo(Freshness.FRESH);
        }

        assertThat(take(1, 1, "n")).isEqualTo(Freshness.REPLAYED);
        assertThat(take(1, 2, "n")).isEqualTo(Freshness.REPLAYED);
        assertThat(take(2, 1, "n")).isEqualTo(Freshness.REPEATED);
    }

    @Test
    void a_sender_may_begin_as_often_as_it_likes_and_nothing_old_comes_back() {
        long many = MessageCounters.MAX_GENERATIONS + 50;
        for (long g = 1; g <= many; g++) {
            now = Instant.ofEpochSecond(g);
            assertThat(take(g, 1, "n")).isEqualTo(Freshness.FRESH);
        }
        assertThat(rows()).isLessThan(MessageCounters.MAX_GENERATIONS + 10);
        for (long g = 1; g < many - MessageCounters.ACTIVE; g++) {
            now = Instant.ofEpochSecond(g);
            assertThat(take(g, 1, "n")).as("generation %d", g).isEqualTo(Freshness.REPLAYED);
        }
    }

    @Test
    void generations_of_an_earlier_version_are_forgotten_as_well() {
        for (long g = 1; g <= 4096; g++) {
            Octets key = Octets.concat(Octets.of((byte) 1), alice.leaf.value(), Octets.ofLong(g));
            Octets retired = org.sekisho.codec.Cbor.encode(1, g, 1, true);
            rows.transact(GROUP.value(), tx -> {
                tx.put(Table.SEEN, key, retired);
                return key;
            });
        }
        now = Instant.ofEpochSecond(77);

        assertThat(take(9_999, 1, "n")).isEqualTo(Freshness.FRESH);
        assertThat(rows()).isLessThan(MessageCounters.MAX_GENERATIONS + 10);
        now = Instant.ofEpochSecond(76);
        assertThat(take(1, 1, "n")).isEqualTo(Freshness.REPLAYED);
    }
}
