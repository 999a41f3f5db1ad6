// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.api.LeafId;

/**
 * Server: ends of edges that an audit showed two values of (protocol note F29). One of the two lied; they are separated, and who
 * stands at a second such edge, with another neighbour, is taken for the liar.
 */
final class Suspects {

    private static final String PREFIX = "sus/";

    /** Below this nobody can be separated from anybody. */
    private static final int SMALL = 4;

    private Suspects() {}

    static boolean any(Draft<ServerState> draft) {
        return !draft.keys(PREFIX).isEmpty();
    }

    static void forget(Draft<ServerState> draft) {
        draft.deleteAll(PREFIX);
    }

    /** An edge with two values. */
    static void add(Draft<ServerState> draft, LeafId left, LeafId right, Duration flaky) {
        note(draft, left, right, flaky);
        note(draft, right, left, flaky);
    }

    private static void note(Draft<ServerState> draft, LeafId leaf, LeafId other, Duration flaky) {
        boolean twice = draft.part(PREFIX + leaf)
                .filter(before -> !before.equals(other.value()))
                .isPresent();
        if (twice) {
            Away.flaky(draft, leaf, flaky);
        }
        draft.put(PREFIX + leaf, other.value());
    }

    /** No suspect stands beside the one it was seen with; where the ring is too small for that, both stay out. */
    static List<LeafId> separate(Draft<ServerState> draft, List<LeafId> order) {
        if (!any(draft)) {
            return order;
        }
        List<LeafId> apart = new ArrayList<>(order);
        for (String key : draft.keys(PREFIX)) {
            LeafId leaf = LeafId.parse(key.substring(PREFIX.length()));
            LeafId other = new LeafId(draft.part(key).orElseThrow());
            if (!apart.contains(leaf) || !apart.contains(other)) {
                continue;
            }
            if (apart.size() < SMALL) {
                Set<LeafId> out = new HashSet<>(List.of(leaf, other));
                List<LeafId> rest = apart.stream().filter(l -> !out.contains(l)).toList();
                apart = rest.isEmpty() ? apart : new ArrayList<>(rest);
            } else {
                moveApart(apart, leaf, other);
            }
        }
        return apart;
    }

    private static void moveApart(List<LeafId> ring, LeafId leaf, LeafId other) {
        int n = ring.size();
        int distance = Math.floorMod(ring.indexOf(other) - ring.indexOf(leaf), n);
        if (distance == 1 || distance == n - 1) {
            ring.remove(other);
            ring.add((ring.indexOf(leaf) + 2) % n, other);
        }
    }
}
