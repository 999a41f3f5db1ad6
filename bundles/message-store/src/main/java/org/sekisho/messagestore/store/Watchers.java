// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.api.GroupId;
import org.sekisho.api.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know that a store has changed. In memory only; told after the commit. Safe for many threads. */
final class Watchers {

    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

    private final Map<GroupId, List<Runnable>> byGroup = new ConcurrentHashMap<>();

    Registration add(GroupId group, Runnable onNews) {
        Runnable own = onNews::run;
        byGroup.compute(group, (g, list) -> {
            List<Runnable> all = list == null ? new CopyOnWriteArrayList<>() : list;
            all.add(own);
            return all;
        });
        return () -> byGroup.computeIfPresent(group, (g, list) -> {
            list.removeIf(r -> r == own);
            return list.isEmpty() ? null : list;
        });
    }

    void tell(GroupId group) {
        for (Runnable watcher : byGroup.getOrDefault(group, List.of())) {
            try {
                watcher.run();
            } catch (RuntimeException e) {
                // what it was about is committed: a watcher's failure is its own
                LOG.warn("a watcher failed: {}", e.getClass().getName());
            }
        }
    }
}
