// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.store.Place;
import org.sekisho.crypto.store.StoreSealer;

/** Sealed rows of one group in a scope of their own. Safe for many threads. */
public final class SearchRows {

    private static final Octets SCOPE = Octets.utf8("/search");
    private static final Table TABLE = Table.INDEX_DIRECTORY;
    private static final int PAGE = 500;

    private final RowStore rows;
    private final StoreSealer sealer;
    private final Octets scope;

    SearchRows(RowStore rows, StoreSealer sealer, GroupId group) {
        this.rows = rows;
        this.sealer = sealer;
        this.scope = Octets.concat(group.value(), SCOPE);
    }

    static StoreSealer sealer(SecretBytes storeKey, Entropy entropy) {
        return new StoreSealer(storeKey, entropy);
    }

    private static Octets key(char kind, Octets rest) {
        return Octets.concat(Octets.of((byte) kind), rest);
    }

    /** Work in one transaction. */
    interface Work<T> {
        T run(Tx tx);
    }

    <T> T transact(Work<T> work) {
        return rows.transact(scope, tx -> work.run(new Tx(tx)));
    }

    <T> T read(Work<T> work) {
        return rows.read(scope, tx -> work.run(new Tx(tx)));
    }

    /** One transaction; kinds of rows are letters. */
    final class Tx {

        private final RowTx tx;

        private Tx(RowTx tx) {
            this.tx = tx;
        }

        void put(char kind, Octets rest, Octets content) {
            Octets key = key(kind, rest);
            tx.put(TABLE, key, sealer.seal(new Place("search", scope, key, 0), content));
        }

        void put(char kind, Octets rest, SecretBytes content) {
            Octets key = key(kind, rest);
            tx.put(TABLE, key, sealer.seal(new Place("search", scope, key, 0), content));
        }

        Optional<Octets> get(char kind, Octets rest) {
            Octets key = key(kind, rest);
            return tx.get(TABLE, key).map(v -> sealer.open(new Place("search", scope, key, 0), v));
        }

        Optional<SecretBytes> getSecret(char kind, Octets rest) {
            Octets key = key(kind, rest);
            return tx.get(TABLE, key).map(v -> sealer.openSecret(new Place("search", scope, key, 0), v));
        }

        void delete(char kind, Octets rest) {
            tx.delete(TABLE, key(kind, rest));
        }

        /** Rows without their kind's letter, ascending. */
        List<Row> all(char kind) {
            List<Row> all = new ArrayList<>();
            Octets prefix = Octets.of((byte) kind);
            Octets after = Octets.EMPTY;
            for (List<Row> page; !(page = tx.scan(TABLE, prefix, after, PAGE)).isEmpty(); ) {
                for (Row row : page) {
                    Octets content = sealer.open(new Place("search", scope, row.key(), 0), row.value());
                    all.add(new Row(row.key().slice(1, row.key().size()), content));
                }
                after = page.get(page.size() - 1).key();
            }
            return all;
        }
    }
}
