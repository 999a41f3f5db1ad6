// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/**
 * What the application has not had yet, sealed, in order. An event is written in the transaction that causes it and deleted
 * when the application has had it: exactly once while the process lives, at least once over a kill.
 */
final class Deliveries {

    /** Most events kept for an application that does not listen; beyond, the oldest is given up. */
    static final int MAX_WAITING = 10_000;

    private static final Octets PREFIX = Octets.utf8("d");
    private static final String KIND = "delivery";

    private final MemberVault vault;

    Deliveries(MemberVault vault) {
        this.vault = vault;
    }

    void add(RowTx tx, MemberEvent event) {
        long n = Counters.next(tx, "delivery");
        Octets key = key(n);
        tx.put(Table.WINDOW, key, vault.seal(KIND, tx.scope(), key, MemberEventCodec.encode(event)));
        if (n > MAX_WAITING) {
            tx.delete(Table.WINDOW, key(n - MAX_WAITING));
        }
    }

    List<Delivery> after(RowTx tx, long n, int limit) {
        return tx.scan(Table.WINDOW, PREFIX, key(n), limit).stream()
                .map(row -> decode(tx, row))
                .toList();
    }

    void remove(RowTx tx, List<Delivery> had) {
        had.forEach(d -> tx.delete(Table.WINDOW, key(d.n())));
    }

    private Delivery decode(RowTx tx, Row row) {
        Octets encoded = vault.open(KIND, tx.scope(), row.key(), row.value());
        return new Delivery(row.key().slice(1, 9).toLong(), MemberEventCodec.decode(new GroupId(tx.scope()), encoded));
    }

    private static Octets key(long n) {
        return Octets.concat(PREFIX, Octets.ofLong(n));
    }
}
