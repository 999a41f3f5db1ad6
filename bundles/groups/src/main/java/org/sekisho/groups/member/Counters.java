// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.Octets;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/** Counters and cursors of one scope. */
final class Counters {

    /** Newest log entry taken. */
    static final String CURSOR = "cursor";

    /** Newest mailbox entry taken. */
    static final String MAIL = "mail";

    /** Entries that were refused: malformed, forged, replayed. */
    static final String REFUSED = "refused";

    /** Messages that could not be opened. */
    static final String CANNOT_OPEN = "cannot-open";

    /** 1 when the gateway no longer has entries that were not taken. */
    static final String BEHIND = "behind";

    private Counters() {}

    static long get(RowTx tx, String name) {
        return tx.get(Table.COUNTER, Octets.utf8(name)).map(Octets::toLong).orElse(0L);
    }

    static void set(RowTx tx, String name, long value) {
        tx.put(Table.COUNTER, Octets.utf8(name), Octets.ofLong(value));
    }

    static long next(RowTx tx, String name) {
        long value = get(tx, name) + 1;
        set(tx, name, value);
        return value;
    }
}
