// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.nio.file.Path;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Table;

/** The process that {@link LocalRowStoreKillTest} kills: writes for ever and prints the number of each row confirmed. */
final class KilledWriter {

    static final Octets SCOPE = Octets.utf8("journal");
    static final Octets NEXT = Octets.utf8("next");

    private KilledWriter() {}

    public static void main(String[] args) {
        LocalRowStore store = LocalRowStore.open(Path.of(args[0]));
        while (true) {
            long number = store.transact(SCOPE, tx -> {
                long next = tx.get(Table.COUNTER, NEXT).map(Octets::toLong).orElse(0L);
                tx.put(Table.COUNTER, NEXT, Octets.ofLong(next + 1));
                tx.put(Table.LOG, Octets.ofLong(next), Octets.utf8("row " + next));
                return next;
            });
            System.out.println(number);
            System.out.flush();
        }
    }
}
