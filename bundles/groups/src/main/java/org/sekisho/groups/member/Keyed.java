// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.store.RowTx;

/**
 * Since when this leaf has held keys. Before its first key a newcomer accepts commits it cannot confirm yet, and keeps messages
 * it cannot open yet; afterwards neither.
 */
final class Keyed {

    private static final String SINCE = "keyed";
    private static final String REACHED = "keyed-reached";

    private Keyed() {}

    /** The first epoch whose key this leaf held, 0 when it holds none yet. */
    static long since(RowTx tx) {
        return Counters.get(tx, SINCE);
    }

    /** The newest. */
    static long reached(RowTx tx) {
        return Counters.get(tx, REACHED);
    }

    static void reached(RowTx tx, long epoch) {
        if (since(tx) == 0) {
            Counters.set(tx, SINCE, epoch);
        }
        Counters.set(tx, REACHED, Math.max(reached(tx), epoch));
    }

    /** Begins anew: this leaf joins again. */
    static void reset(RowTx tx) {
        Counters.set(tx, SINCE, 0);
        Counters.set(tx, REACHED, 0);
    }
}
