// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Nonces and signatures of accepted messages, as long as their time would still be accepted. Fails closed: when it is full,
 * nothing is fresh. In memory: after a restart a message of the last minutes that was overheard on an encrypted connection
 * could come again once. Safe for many threads.
 */
final class SeenMessages {

    static final int MAX = 200_000;

    private record Entry(String identifier, Instant until) {}

    private final InstantSource clock;
    private final int max;
    private final Set<String> seen = new HashSet<>();
    private final Deque<Entry> byTime = new ArrayDeque<>();

    SeenMessages(InstantSource clock, int max) {
        this.clock = clock;
        this.max = max;
    }

    /** Whether none was seen before; then all are from now on, until {@code until}. */
    synchronized boolean remember(Collection<String> identifiers, Instant until) {
        Instant now = clock.instant();
        while (!byTime.isEmpty() && byTime.peekFirst().until().isBefore(now)) {
            seen.remove(byTime.removeFirst().identifier());
        }
        boolean fresh =
                seen.size() + identifiers.size() <= max && identifiers.stream().noneMatch(seen::contains);
        if (fresh) {
            for (String identifier : identifiers) {
                seen.add(identifier);
                byTime.addLast(new Entry(identifier, until));
            }
        }
        return fresh;
    }
}
