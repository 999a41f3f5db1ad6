// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.api.Octets;
import org.sekisho.api.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know that a log has grown. In memory only; told after the commit. Safe for many threads. */
final class Watchers {

    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

    private final Map<Octets, List<Runnable>> byScope = new ConcurrentHashMap<>();

    Registration add(Octets scope, Runnable onNews) {
        Runnable own = onNews::run;
        byScope.compute(scope, (s, list) -> {
            List<Runnable> all = list == null ? new CopyOnWriteArrayList<>() : list;
            all.add(own);
            return all;
        });
        return () -> byScope.computeIfPresent(scope, (s, list) -> {
            list.removeIf(r -> r == own);
            return list.isEmpty() ? null : list;
        });
    }

    void tell(Octets scope) {
        for (Runnable watcher : byScope.getOrDefault(scope, List.of())) {
            try {
                watcher.run();
            } catch (RuntimeException e) {
                // the entry is committed: a watcher's failure is its own
                LOG.warn("a watcher failed: {}", e.getClass().getName());
            }
        }
    }
}
