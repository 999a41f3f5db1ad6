// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/** Works on the rows in place and remembers how to undo it. */
final class MemoryRowTx implements RowTx {

    private final Octets scope;
    private final Map<Table, NavigableMap<Octets, Octets>> tables;
    private final boolean writes;
    private final Thread owner = Thread.currentThread();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private boolean open = true;

    MemoryRowTx(Octets scope, Map<Table, NavigableMap<Octets, Octets>> tables, boolean writes) {
        this.scope = scope;
        this.tables = tables;
        this.writes = writes;
    }

    static void checkScope(Octets scope) {
        if (scope.isEmpty()) {
            throw new RejectedException(ErrorCode.MALFORMED, "a scope has at least one octet");
        }
        check("scope", scope, RowStore.MAX_SCOPE);
    }

    void end() {
        open = false;
    }

    void undo() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    @Override
    public Octets scope() {
        return scope;
    }

    @Override
    public Optional<Octets> get(Table table, Octets key) {
        checkKey(key);
        return Optional.ofNullable(rows(table).get(key));
    }

    @Override
    public void put(Table table, Octets key, Octets value) {
        checkKey(key);
        check("value", value, RowStore.MAX_VALUE);
        set(table, key, value);
    }

    @Override
    public void putAll(Table table, List<Row> rows) {
        for (Row row : rows) {
            checkKey(row.key());
            check("value", row.value(), RowStore.MAX_VALUE);
        }
        if (rows.isEmpty()) {
            writable(table);
        }
        rows.forEach(row -> set(table, row.key(), row.value()));
    }

    @Override
    public boolean insert(Table table, Octets key, Octets value) {
        checkKey(key);
        check("value", value, RowStore.MAX_VALUE);
        if (writable(table).containsKey(key)) {
            return false;
        }
        set(table, key, value);
        return true;
    }

    @Override
    public boolean delete(Table table, Octets key) {
        checkKey(key);
        return set(table, key, null) != null;
    }

    @Override
    public List<Row> scan(Table table, Octets prefix, Octets after, int limit) {
        checkKey(prefix);
        checkKey(after);
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
        NavigableMap<Octets, Octets> tail = after.compareTo(prefix) < 0
                ? rows(table).tailMap(prefix, true)
                : rows(table).tailMap(after, false);
        List<Row> found = new ArrayList<>();
        for (Map.Entry<Octets, Octets> entry : tail.entrySet()) {
            if (found.size() == limit || !entry.getKey().startsWith(prefix)) {
                break;
            }
            found.add(new Row(entry.getKey(), entry.getValue()));
        }
        return List.copyOf(found);
    }

    @Override
    public Optional<Row> last(Table table, Octets prefix) {
        checkKey(prefix);
        Octets end = behind(prefix);
        NavigableMap<Octets, Octets> head =
                end == null ? rows(table) : rows(table).headMap(end, false);
        return Optional.ofNullable(head.lastEntry())
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new Row(entry.getKey(), entry.getValue()));
    }

    @Override
    public long count(Table table, Octets prefix) {
        checkKey(prefix);
        return rows(table).tailMap(prefix, true).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .count();
    }

    private @Nullable Octets set(Table table, Octets key, @Nullable Octets value) {
        NavigableMap<Octets, Octets> rows = writable(table);
        Octets before = value == null ? rows.remove(key) : rows.put(key, value);
        undo.push(() -> {
            if (before == null) {
                rows.remove(key);
            } else {
                rows.put(key, before);
            }
        });
        return before;
    }

    private NavigableMap<Octets, Octets> writable(Table table) {
        usable();
        if (!writes) {
            throw new IllegalStateException("a read transaction writes nothing");
        }
        return tables.computeIfAbsent(table, any -> new TreeMap<>());
    }

    private NavigableMap<Octets, Octets> rows(Table table) {
        usable();
        return tables.getOrDefault(table, Collections.emptyNavigableMap());
    }

    private void usable() {
        if (!open) {
            throw new IllegalStateException("the transaction has ended");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a transaction belongs to the thread that runs it");
        }
    }

    /** The least octets greater than everything that begins with {@code prefix}; null if there are none. */
    private static @Nullable Octets behind(Octets prefix) {
        byte[] bytes = prefix.toByteArray();
        int last = bytes.length - 1;
        while (last >= 0 && bytes[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        bytes[last]++;
        return Octets.of(bytes, 0, last + 1);
    }

    private static void checkKey(Octets key) {
        check("key", key, RowStore.MAX_KEY);
    }

    private static void check(String what, Octets octets, int limit) {
        if (octets.size() > limit) {
            throw new RejectedException(
                    ErrorCode.LIMIT_EXCEEDED, what + " of " + octets.size() + " octets, at most " + limit + " allowed");
        }
    }
}
