// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.groups.chain.SwitchCheck;

/** Scheme switches of the transaction's group: the pending one, those carried out, and orders used up in this epoch. */
final class SwitchRows {

    private static final Octets PENDING = Octets.utf8("switch");
    static final Octets DONE = Octets.utf8("reinit/");
    private static final Octets USED = Octets.utf8("reinit-used/");

    /** Orders of one epoch: cancelled ones cannot come faster than this for ever. */
    static final int MAX_USED = 64;

    private SwitchRows() {}

    static Optional<PendingSwitch> find(RowTx tx) {
        return tx.get(Table.GROUP, PENDING).map(PendingSwitch::decode);
    }

    static void save(RowTx tx, PendingSwitch pending) {
        tx.put(Table.GROUP, PENDING, pending.encode());
    }

    static void clear(RowTx tx) {
        tx.delete(Table.GROUP, PENDING);
    }

    /** Kept for ever: newcomers verify it. Orders for the epoch that has ended mean nothing any more. */
    static void done(RowTx tx, SignedReinit reinit) {
        clear(tx);
        Octets epoch = Octets.ofLong(reinit.reinit().fromEpoch());
        tx.put(Table.GROUP, Octets.concat(DONE, epoch), ReinitCodec.encode(reinit));
    }

    static boolean used(RowTx tx, Hash reinit) {
        return tx.get(Table.GROUP, Octets.concat(USED, reinit.value())).isPresent();
    }

    static long usedCount(RowTx tx) {
        return tx.count(Table.GROUP, USED);
    }

    static void use(RowTx tx, SignedReinit reinit) {
        Octets key = Octets.concat(USED, SwitchCheck.hash(reinit).value());
        tx.put(Table.GROUP, key, Octets.EMPTY);
    }

    /** With a new epoch, orders for the one before cannot come again. */
    static void forgetUsed(RowTx tx) {
        tx.scan(Table.GROUP, USED, Octets.EMPTY, MAX_USED).forEach(row -> tx.delete(Table.GROUP, row.key()));
    }
}
