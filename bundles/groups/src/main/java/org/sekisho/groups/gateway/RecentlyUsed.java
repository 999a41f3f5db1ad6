// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A bounded map that forgets what was not used for longest. Safe for many threads. */
final class RecentlyUsed<K, V> extends AbstractMap<K, V> {

    private final Map<K, V> entries;

    RecentlyUsed(int most) {
        this.entries = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public synchronized @Nullable V get(Object key) {
        return entries.get(key);
    }

    @Override
    public synchronized @Nullable V put(K key, V value) {
        return entries.put(key, value);
    }

    @Override
    public synchronized Set<Map.Entry<K, V>> entrySet() {
        return Map.copyOf(entries).entrySet();
    }
}
