// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Hash;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.Table;

class FaultyRowStoreTest {

    private static final Octets SCOPE = Octets.utf8("s");
    private static final Octets KEY = Octets.utf8("k");

    private final MemoryRowStore memory = new MemoryRowStore();
    private final FaultyRowStore faulty = new FaultyRowStore(memory);

    @Test
    void every_call_can_be_the_one_that_fails_and_leaves_the_state_as_it_was() {
        Hash before = memory.digest();
        int n = 1;
        for (; ; n++) {
            faulty.failAt(n);
            try {
                operation();
            } catch (UnavailableException e) {
                assertThat(memory.digest()).isEqualTo(before);
                continue;
            }
            break;
        }
        assertThat(faulty.failed()).isFalse();
        assertThat(n).isEqualTo(10);
        assertThat(memory.digest()).isNotEqualTo(before);
    }

    @Test
    void a_lost_answer_leaves_the_state_as_after() {
        faulty.loseAnswerAt(1);
        assertThatExceptionOfType(IndeterminateException.class).isThrownBy(this::operation);
        assertThat(faulty.failed()).isTrue();
        assertThat(memory.<Long>read(SCOPE, tx -> tx.count(Table.LOG, Octets.EMPTY)))
                .isEqualTo(1);
    }

    @Test
    void a_failure_that_the_work_swallows_still_rolls_back() {
        faulty.failAt(2);
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> faulty.transact(SCOPE, tx -> {
                    tx.put(Table.GROUP, KEY, KEY);
                    try {
                        tx.put(Table.LOG, KEY, KEY);
                    } catch (UnavailableException e) {
                        return "swallowed";
                    }
                    return "not failed";
                }));
        assertThat(memory.<Long>read(SCOPE, tx -> tx.count(Table.GROUP, Octets.EMPTY)))
                .isZero();
    }

    /** Eight operations and a commit. */
    private void operation() {
        faulty.transact(SCOPE, tx -> {
            tx.put(Table.GROUP, KEY, KEY);
            tx.putAll(Table.LOG, List.of(new Row(KEY, KEY)));
            tx.insert(Table.SEEN, KEY, KEY);
            tx.delete(Table.SEEN, KEY);
            tx.get(Table.GROUP, KEY);
            tx.scan(Table.LOG, Octets.EMPTY, Octets.EMPTY, 1);
            tx.last(Table.LOG, Octets.EMPTY);
            return tx.count(Table.LOG, Octets.EMPTY);
        });
    }
}
