// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/**
 * Who may read which part of a group's log: from the entry that proposed a leaf to the commit that drops it, both included.
 * One row per stay.
 */
final class Members {

    private static final int MAX_STAYS = 10_000;

    /** One stay of a leaf; {@code to} is the greatest position there is while it lasts. */
    record Stay(long from, long to) {

        boolean covers(long n) {
            return from <= n && n <= to;
        }

        boolean open() {
            return to == Long.MAX_VALUE;
        }
    }

    List<Stay> stays(RowTx tx, LeafId leaf) {
        return tx.scan(Table.MEMBER, leaf.value(), Octets.EMPTY, MAX_STAYS).stream()
                .map(Members::stay)
                .toList();
    }

    /** Does nothing when the leaf is there already. */
    void enter(RowTx tx, LeafId leaf, long from) {
        if (current(tx, leaf).isEmpty()) {
            tx.put(Table.MEMBER, Octets.concat(leaf.value(), Octets.ofLong(from)), Octets.ofLong(Long.MAX_VALUE));
        }
    }

    void leave(RowTx tx, LeafId leaf, long to) {
        current(tx, leaf).ifPresent(row -> tx.put(Table.MEMBER, row.key(), Octets.ofLong(to)));
    }

    private static Optional<Row> current(RowTx tx, LeafId leaf) {
        return tx.last(Table.MEMBER, leaf.value()).filter(row -> stay(row).open());
    }

    private static Stay stay(Row row) {
        return new Stay(row.key().slice(32, 40).toLong(), row.value().toLong());
    }
}
