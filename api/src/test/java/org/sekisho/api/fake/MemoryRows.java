// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/** Rows in memory, all under one lock; what throws leaves no trace. */
public final class MemoryRows implements RowStore {

    private record Place(Octets scope, Table table) {}

    private Map<Place, TreeMap<Octets, Octets>> rows = new HashMap<>();

    @Override
    public synchronized <T> T transact(Octets scope, Work<T> work) {
        Map<Place, TreeMap<Octets, Octets>> before = new HashMap<>();
        rows.forEach((place, table) -> before.put(place, new TreeMap<>(table)));
        try {
            return work.run(new Tx(scope, true));
        } catch (RuntimeException | Error e) {
            rows = before;
            throw e;
        }
    }

    @Override
    public synchronized <T> T read(Octets scope, Work<T> work) {
        return work.run(new Tx(scope, false));
    }

    @Override
    public synchronized List<Octets> scopes(Table table, Octets after, int limit) {
        return rows.entrySet().stream()
                .filter(e -> e.getKey().table() == table && !e.getValue().isEmpty())
                .map(e -> e.getKey().scope())
                .filter(scope -> scope.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    private final class Tx implements RowTx {

        private final Octets scope;
        private final boolean writable;

        Tx(Octets scope, boolean writable) {
            this.scope = scope;
            this.writable = writable;
        }

        private TreeMap<Octets, Octets> table(Table table) {
            return rows.computeIfAbsent(new Place(scope, table), p -> new TreeMap<>());
        }

        private TreeMap<Octets, Octets> writable(Table table) {
            if (!writable) {
                throw new IllegalStateException("a read transaction");
            }
            return table(table);
        }

        @Override
        public Octets scope() {
            return scope;
        }

        @Override
        public Optional<Octets> get(Table table, Octets key) {
            return Optional.ofNullable(table(table).get(key));
        }

        @Override
        public void put(Table table, Octets key, Octets value) {
            writable(table).put(key, value);
        }

        @Override
        public void putAll(Table table, List<Row> all) {
            all.forEach(row -> put(table, row.key(), row.value()));
        }

        @Override
        public boolean insert(Table table, Octets key, Octets value) {
            return writable(table).putIfAbsent(key, value) == null;
        }

        @Override
        public boolean delete(Table table, Octets key) {
            return writable(table).remove(key) != null;
        }

        @Override
        public List<Row> scan(Table table, Octets prefix, Octets after, int limit) {
            List<Row> found = new ArrayList<>();
            table(table).forEach((key, value) -> {
                if (key.startsWith(prefix) && key.compareTo(after) > 0 && found.size() < limit) {
                    found.add(new Row(key, value));
                }
            });
            return found;
        }

        @Override
        public Optional<Row> last(Table table, Octets prefix) {
            List<Row> found = scan(table, prefix, Octets.EMPTY, Integer.MAX_VALUE);
            return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
        }

        @Override
        public long count(Table table, Octets prefix) {
            return scan(table, prefix, Octets.EMPTY, Integer.MAX_VALUE).size();
        }
    }
}
