// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.time.InstantSource;
import java.util.List;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.searchindex.IndexRows.Garbage;

/** Deletes rows and directories of segments that were replaced and audited, or never finished, in small transactions. */
final class Sweep {

    private static final int BATCH = 200;
    private static final int SEGMENTS = 1000;

    private final RowStore rows;
    private final InstantSource clock;

    Sweep(RowStore rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** One round over all groups. Returns the number of segments that are gone. */
    int run() {
        int gone = 0;
        Octets after = Octets.EMPTY;
        for (List<Octets> scopes; !(scopes = rows.scopes(Table.INDEX, after, 500)).isEmpty(); ) {
            for (Octets scope : scopes) {
                if (IndexRows.isScope(scope)) {
                    gone += sweep(scope);
                }
                after = scope;
            }
        }
        return gone;
    }

    private int sweep(Octets scope) {
        long now = clock.instant().getEpochSecond();
        int gone = 0;
        for (Garbage garbage : rows.read(scope, tx -> new IndexRows(tx).garbage(SEGMENTS))) {
            if (garbage.from() <= now) {
                while (!rows.transact(scope, tx -> delete(tx, garbage, now))) {
                    // until nothing of it is left
                }
                gone++;
            }
        }
        return gone;
    }

    /** True when nothing is left. What was decided otherwise meanwhile is left alone. */
    private static boolean delete(RowTx tx, Garbage garbage, long now) {
        var index = new IndexRows(tx);
        boolean due = index.garbage(SEGMENTS).stream()
                .anyMatch(g -> g.segment().equals(garbage.segment()) && g.from() <= now);
        if (!due) {
            return true;
        }
        index.record(garbage.segment()).filter(r -> !r.purged()).ifPresent(r -> index.put(r.withPurged()));
        Staging.forget(tx, garbage.segment());
        for (Table table : List.of(Table.INDEX_PAGE, Table.INDEX_DIRECTORY)) {
            List<Row> some = tx.scan(table, garbage.segment(), Octets.EMPTY, BATCH);
            some.forEach(row -> tx.delete(table, row.key()));
            if (some.size() == BATCH) {
                return false;
            }
        }
        index.keep(garbage.segment());
        return true;
    }
}
