// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;

class MemoryRowStoreTest extends RowStoreContract {

    private final MemoryRowStore memory = new MemoryRowStore();

    @Override
    protected RowStore store() {
        return memory;
    }

    @Test
    void restore_brings_back_the_snapshot_and_the_digest_tells() {
        put(Table.GROUP, "a", "1");
        MemoryRowStore.Snapshot snapshot = memory.snapshot();
        Hash before = memory.digest();

        put(Table.GROUP, "a", "2");
        put(Table.LOG, "b", "3");
        assertThat(memory.digest()).isNotEqualTo(before);

        memory.restore(snapshot);
        assertThat(memory.digest()).isEqualTo(before);
        put(Table.GROUP, "a", "2");
        memory.restore(snapshot);
        assertThat(memory.digest()).isEqualTo(before);
    }

    @Test
    void the_digest_leaves_out_what_it_is_told_to() {
        put(Table.GROUP, "a", "1");
        Hash before = memory.digest(Table.DEAD, Table.AUDIT);
        put(Table.DEAD, "a", "1");
        put(Table.AUDIT, "a", "1");
        assertThat(memory.digest(Table.DEAD, Table.AUDIT)).isEqualTo(before);
        assertThat(memory.digest(Table.DEAD)).isNotEqualTo(before);
    }

    private void put(Table table, String key, String value) {
        memory.transact(Octets.utf8("s"), tx -> {
            tx.put(table, Octets.utf8(key), Octets.utf8(value));
            return null;
        });
    }
}
