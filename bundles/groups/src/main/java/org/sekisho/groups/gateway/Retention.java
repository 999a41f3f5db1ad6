// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/**
 * How long a group's log keeps its entries (note R40): for a time that this gateway was up, so that neither an outage nor a
 * clock set forward takes away what nobody could read meanwhile. Rosters, policies and commits are kept elsewhere, for ever.
 *
 * <p>A mark says how far the log reached at a moment; marks are a thirtieth of the time apart, so an entry is forgotten at
 * most that much late, and never early.
 */
final class Retention {

    private static final Octets MARK = Octets.utf8("mark/");
    private static final Octets FLOOR = Octets.utf8("floor");

    private final long keep;
    private final int most;

    /** @param most rows that one transaction deletes, those of its last entry excepted */
    Retention(Duration keep, int most) {
        this.keep = keep.toMillis();
        this.most = most;
    }

    /** The greatest position that was forgotten, 0 when none was. */
    static long floor(RowTx tx) {
        return tx.get(Table.COUNTER, FLOOR).map(Octets::toLong).orElse(0L);
    }

    /** Whether {@link #turn} has something to do. */
    boolean isDue(RowTx tx, long lived) {
        return markDue(tx, lived) || isOld(tx.scan(Table.COUNTER, MARK, Octets.EMPTY, 1), lived);
    }

    /**
     * Notes how far the log reaches and forgets what is old.
     *
     * @param lived milliseconds that this gateway was up, over all its processes
     * @return whether more is old: call again
     */
    boolean turn(RowTx tx, GroupLog log, long lived) {
        mark(tx, log.head(tx), lived);
        List<Row> oldest = tx.scan(Table.COUNTER, MARK, Octets.EMPTY, 1);
        if (!isOld(oldest, lived)) {
            return false;
        }
        OptionalLong reached = log.forget(tx, oldest.get(0).value().toLong(), most);
        if (reached.isPresent()) {
            tx.put(Table.COUNTER, FLOOR, Octets.ofLong(reached.getAsLong()));
        } else {
            tx.delete(Table.COUNTER, oldest.get(0).key());
        }
        return true;
    }

    private void mark(RowTx tx, long head, long lived) {
        if (markDue(tx, lived)) {
            tx.put(Table.COUNTER, Octets.concat(MARK, Octets.ofLong(lived)), Octets.ofLong(head));
        }
    }

    private boolean markDue(RowTx tx, long lived) {
        return tx.last(Table.COUNTER, MARK)
                .filter(last -> time(last) > lived - keep / 30)
                .isEmpty();
    }

    private boolean isOld(List<Row> marks, long lived) {
        return !marks.isEmpty() && time(marks.get(0)) <= lived - keep;
    }

    private static long time(Row mark) {
        return mark.key().slice(MARK.size(), MARK.size() + 8).toLong();
    }
}
