// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Duration;
import java.util.List;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.groups.LogEntry;
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
    private static final Octets FLOOR_OF = Octets.utf8("floor/");

    private final long keep;

    Retention(Duration keep) {
        this.keep = keep.toMillis();
    }

    /** The greatest position forgotten that {@code reader} could have seen, 0 when there is none. */
    static long floor(RowTx tx, LeafId reader) {
        return Math.max(floor(tx, FLOOR), floor(tx, floorOf(reader)));
    }

    private static long floor(RowTx tx, Octets key) {
        return tx.get(Table.COUNTER, key).map(Octets::toLong).orElse(0L);
    }

    private static Octets floorOf(LeafId reader) {
        return Octets.concat(FLOOR_OF, reader.value());
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
        List<GroupLog.Forgotten> gone = log.forget(tx, oldest.get(0).value().toLong());
        for (GroupLog.Forgotten entry : gone) {
            tx.put(Table.COUNTER, entry.to().map(Retention::floorOf).orElse(FLOOR), Octets.ofLong(entry.n()));
            if (entry.kind() == LogEntry.Kind.MESSAGE) {
                Messages.forget(tx, entry.bytes());
            }
        }
        if (gone.isEmpty()) {
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
