// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit;

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

/** Rows in maps. A copy made by {@link #copy} stands for a database that somebody else writes. */
final class MapRows implements RowStore {

    private final Map<Octets, Map<Table, TreeMap<Octets, Octets>>> scopes = new HashMap<>();

    MapRows copy() {
        var copy = new MapRows();
        scopes.forEach((scope, tables) -> copy.scopes.put(scope, copyOf(tables)));
        return copy;
    }

    @Override
    public synchronized <T> T transact(Octets scope, Work<T> work) {
        var tables = copyOf(scopes.getOrDefault(scope, Map.of()));
        T result = work.run(new MapTx(scope, tables));
        scopes.put(scope, tables);
        return result;
    }

    @Override
    public synchronized <T> T read(Octets scope, Work<T> work) {
        return work.run(new MapTx(scope, copyOf(scopes.getOrDefault(scope, Map.of()))));
    }

    @Override
    public synchronized List<Octets> scopes(Table table, Octets after, int limit) {
        return scopes.entrySet().stream()
                .filter(e -> !e.getValue().getOrDefault(table, new TreeMap<>()).isEmpty())
                .map(Map.Entry::getKey)
                .filter(s -> s.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    private static Map<Table, TreeMap<Octets, Octets>> copyOf(Map<Table, TreeMap<Octets, Octets>> tables) {
        var copy = new HashMap<Table, TreeMap<Octets, Octets>>();
        tables.forEach((table, rows) -> copy.put(table, new TreeMap<>(rows)));
        return copy;
    }

    private record MapTx(Octets scope, Map<Table, TreeMap<Octets, Octets>> tables) implements RowTx {

        private TreeMap<Octets, Octets> rows(Table table) {
            return tables.computeIfAbsent(table, t -> new TreeMap<>());
        }

        @Override
        public Optional<Octets> get(Table table, Octets key) {
            return Optional.ofNullable(rows(table).get(key));
        }

        @Override
        public void put(Table table, Octets key, Octets value) {
            rows(table).put(key, value);
        }

        @Override
        public void putAll(Table table, List<Row> rows) {
            rows.forEach(row -> put(table, row.key(), row.value()));
        }

        @Override
        public boolean insert(Table table, Octets key, Octets value) {
            return rows(table).putIfAbsent(key, value) == null;
        }

        @Override
        public boolean delete(Table table, Octets key) {
            return rows(table).remove(key) != null;
        }

        @Override
        public List<Row> scan(Table table, Octets prefix, Octets after, int limit) {
            return matching(table, prefix).stream()
                    .filter(row -> row.key().compareTo(after) > 0)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<Row> last(Table table, Octets prefix) {
            List<Row> all = matching(table, prefix);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        }

        @Override
        public long count(Table table, Octets prefix) {
            return matching(table, prefix).size();
        }

        private List<Row> matching(Table table, Octets prefix) {
            var found = new ArrayList<Row>();
            rows(table).forEach((key, value) -> {
                if (key.startsWith(prefix)) {
                    found.add(new Row(key, value));
                }
            });
            return found;
        }
    }
}
