// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;

/** A hash over the rows of any row store, to see that a rejected input left no trace. */
public final class StoreDigest {

    private static final int PAGE = 500;

    private StoreDigest() {}

    /** Over all tables but {@code without}. Equal if and only if the rows are; scopes without rows do not count. */
    public static Hash of(RowStore store, Table... without) {
        MessageDigest digest = sha256();
        Set<Table> left = EnumSet.allOf(Table.class);
        left.removeAll(List.of(without));
        for (Table table : left) {
            update(digest, Octets.utf8(table.name()));
            table(digest, store, table);
        }
        return Hash.of(digest.digest());
    }

    private static void table(MessageDigest digest, RowStore store, Table table) {
        List<Octets> page = store.scopes(table, Octets.EMPTY, PAGE);
        while (!page.isEmpty()) {
            for (Octets scope : page) {
                update(digest, scope);
                store.read(scope, tx -> {
                    tx.get(table, Octets.EMPTY).ifPresent(value -> row(digest, new Row(Octets.EMPTY, value)));
                    List<Row> rows = tx.scan(table, Octets.EMPTY, Octets.EMPTY, PAGE);
                    while (!rows.isEmpty()) {
                        rows.forEach(row -> row(digest, row));
                        rows = tx.scan(
                                table, Octets.EMPTY, rows.get(rows.size() - 1).key(), PAGE);
                    }
                    return rows.size();
                });
                digest.update((byte) 0);
            }
            page = store.scopes(table, page.get(page.size() - 1), PAGE);
        }
        digest.update((byte) 0);
    }

    private static void row(MessageDigest digest, Row row) {
        digest.update((byte) 1);
        update(digest, row.key());
        update(digest, row.value());
    }

    private static void update(MessageDigest digest, Octets octets) {
        digest.update(ByteBuffer.allocate(4).putInt(octets.size()).flip());
        digest.update(octets.toByteArray());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
