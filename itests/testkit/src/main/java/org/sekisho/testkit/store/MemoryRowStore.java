// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;

/**
 * A row store in memory that keeps the contract of {@link RowStore}: atomic, serialised per scope, rolled back on any
 * exception. Nothing in it depends on time or chance. For tests and simulations.
 */
public final class MemoryRowStore implements RowStore {

    private final NavigableMap<Octets, Scope> scopes = new ConcurrentSkipListMap<>();
    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();

    @Override
    public <T> T transact(Octets scope, Work<T> work) {
        MemoryRowTx.checkScope(scope);
        return alone(() -> {
            Scope held = scopes.computeIfAbsent(scope, any -> new Scope());
            return locked(held.lock.writeLock(), () -> change(scope, held, work));
        });
    }

    @Override
    public <T> T read(Octets scope, Work<T> work) {
        MemoryRowTx.checkScope(scope);
        return alone(() -> {
            Scope held = scopes.getOrDefault(scope, new Scope());
            return locked(held.lock.readLock(), () -> {
                MemoryRowTx tx = new MemoryRowTx(scope, held.tables, false);
                try {
                    return work.run(tx);
                } finally {
                    tx.end();
                }
            });
        });
    }

    @Override
    public List<Octets> scopes(Table table, Octets after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
        return alone(() -> {
            List<Octets> found = new ArrayList<>();
            for (Map.Entry<Octets, Scope> entry : scopes.tailMap(after, false).entrySet()) {
                Scope held = entry.getValue();
                if (found.size() == limit) {
                    break;
                }
                if (locked(held.lock.readLock(), () -> held.has(table))) {
                    found.add(entry.getKey());
                }
            }
            return List.copyOf(found);
        });
    }

    /** The whole content now. Not to be called while transactions run. */
    public Snapshot snapshot() {
        Map<Octets, Map<Table, NavigableMap<Octets, Octets>>> copy = new TreeMap<>();
        scopes.forEach((scope, held) -> copy.put(scope, copy(held.tables)));
        return new Snapshot(copy);
    }

    /** Makes the content what it was. Not to be called while transactions run. */
    public void restore(Snapshot snapshot) {
        scopes.clear();
        snapshot.content.forEach((scope, tables) -> {
            Scope held = new Scope();
            held.tables.putAll(copy(tables));
            scopes.put(scope, held);
        });
    }

    /** A hash over all rows but those of {@code without}: equal if and only if the content is. */
    public Hash digest(Table... without) {
        return StoreDigest.of(this, without);
    }

    private static <T> T change(Octets scope, Scope held, Work<T> work) {
        MemoryRowTx tx = new MemoryRowTx(scope, held.tables, true);
        boolean done = false;
        try {
            T result = work.run(tx);
            done = true;
            return result;
        } finally {
            tx.end();
            if (!done) {
                tx.undo();
            }
        }
    }

    private <T> T alone(Supplier<T> action) {
        if (busy.get() != null) {
            throw new IllegalStateException("transactions must not be nested");
        }
        busy.set(true);
        try {
            return action.get();
        } finally {
            busy.remove();
        }
    }

    private static <T> T locked(Lock lock, Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private static Map<Table, NavigableMap<Octets, Octets>> copy(Map<Table, NavigableMap<Octets, Octets>> tables) {
        Map<Table, NavigableMap<Octets, Octets>> copy = new EnumMap<>(Table.class);
        tables.forEach((table, rows) -> copy.put(table, new TreeMap<>(rows)));
        return copy;
    }

    /** A content of a store, to return to. Immutable. */
    public static final class Snapshot {
        private final Map<Octets, Map<Table, NavigableMap<Octets, Octets>>> content;

        private Snapshot(Map<Octets, Map<Table, NavigableMap<Octets, Octets>>> content) {
            this.content = content;
        }
    }

    private static final class Scope {
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private final Map<Table, NavigableMap<Octets, Octets>> tables = new EnumMap<>(Table.class);

        boolean has(Table table) {
            NavigableMap<Octets, Octets> rows = tables.get(table);
            return rows != null && !rows.isEmpty();
        }
    }
}
