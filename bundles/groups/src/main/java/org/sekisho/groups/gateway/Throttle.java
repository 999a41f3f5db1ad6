// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Duration;
import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.groups.engine.HostClock;

/** Slows down who sends what breaks the scheme: more than ten messages set aside within an hour (protocol note R13). */
final class Throttle {

    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofHours(1);

    private static final Octets SET_ASIDE = Octets.of((byte) 9);

    private final HostClock clock;

    Throttle(HostClock clock) {
        this.clock = clock;
    }

    /** A message of {@code sender} was set aside just now. */
    void count(RowTx tx, LeafId sender) {
        Octets own = Octets.concat(SET_ASIDE, sender.value());
        long next = Math.max(
                clock.lived(), tx.last(Table.SEEN, own).map(row -> at(row) + 1).orElse(0L));
        recent(tx, sender, true);
        tx.put(Table.SEEN, Octets.concat(own, Octets.ofLong(next)), Octets.EMPTY);
    }

    /** Throws RATE_LIMITED while too many of {@code sender}'s messages were set aside lately. */
    void check(RowTx tx, LeafId sender) {
        if (recent(tx, sender, false) > MOST) {
            throw new UnavailableException(
                    ErrorCode.RATE_LIMITED, "too many of the sender's messages broke the scheme", WINDOW);
        }
    }

    private int recent(RowTx tx, LeafId sender, boolean forget) {
        long since = clock.lived() - WINDOW.toMillis();
        List<Row> rows = tx.scan(Table.SEEN, Octets.concat(SET_ASIDE, sender.value()), Octets.EMPTY, 10 * MOST);
        List<Row> old = rows.stream().filter(row -> at(row) < since).toList();
        if (forget) {
            old.forEach(row -> tx.delete(Table.SEEN, row.key()));
        }
        return rows.size() - old.size();
    }

    private static long at(Row row) {
        return row.key().slice(33, 41).toLong();
    }
}
