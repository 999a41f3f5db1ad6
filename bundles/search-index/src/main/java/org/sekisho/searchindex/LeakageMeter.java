// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexQuery.Lookup;
import org.sekisho.api.searchindex.Leakage;
import org.sekisho.crypto.Sha256;

/**
 * Counts what anybody who sees the gateway's memory could count too: which tokens come again, together with which, and how much there is
 * behind them. In memory only, of the last groups and words. Safe for many threads.
 */
final class LeakageMeter {

    private static final int MAX_GROUPS = 256;
    private static final int MAX_WORDS = 4096;
    private static final int TOP = 10;

    private final Map<GroupId, Seen> groups = bounded(MAX_GROUPS);

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    private static final class Seen {
        private final Instant since;
        private final Map<Octets, long[]> tokens = bounded(MAX_WORDS);
        private long queries;
        private long words;
        private long repeated;
        private long together;
        private long blocks;

        Seen(Instant since) {
            this.since = since;
        }
    }

    /** A token that is looked up in a segment again means a word that is looked for again; one segment is enough to tell. */
    synchronized void asked(GroupId group, IndexQuery query, IndexAnswer answer, Instant now) {
        Seen seen = groups.computeIfAbsent(group, g -> new Seen(now));
        seen.queries++;
        Map<Octets, Set<Octets>> bySegment = new HashMap<>();
        Octets first = query.lookups().isEmpty()
                ? Octets.EMPTY
                : query.lookups().get(0).segment();
        for (int i = 0; i < query.lookups().size(); i++) {
            Lookup lookup = query.lookups().get(i);
            int count = answer.found().get(i).count();
            seen.blocks += answer.found().get(i).blocks().size();
            bySegment
                    .computeIfAbsent(lookup.segment(), s -> new LinkedHashSet<>())
                    .add(lookup.token());
            long[] times = seen.tokens.computeIfAbsent(lookup.token(), t -> new long[2]);
            times[0]++;
            times[1] = Math.max(times[1], count + (long) lookup.from());
            if (lookup.segment().equals(first) && lookup.from() == 0) {
                seen.words++;
                seen.repeated += times[0] == 2 ? 1 : 0;
            }
        }
        int words = bySegment.values().stream().mapToInt(Set::size).max().orElse(0);
        seen.together += words > 1 ? words : 0;
    }

    synchronized Leakage leakage(GroupId group, Instant now, List<Leakage.Writer> writers) {
        Seen seen = groups.getOrDefault(group, new Seen(now));
        List<Leakage.Repeated> top = seen.tokens.entrySet().stream()
                .filter(e -> e.getValue()[0] > 1)
                .sorted(Comparator.comparingLong(
                                (Map.Entry<Octets, long[]> e) -> e.getValue()[0] * (e.getValue()[1] + 1))
                        .reversed())
                .limit(TOP)
                .map(e -> new Leakage.Repeated(
                        // not the token itself: who reads this report is not to search with it
                        Sha256.hashArray("sse mark", e.getKey())
                                .value()
                                .slice(0, 6)
                                .hex(),
                        e.getValue()[0],
                        e.getValue()[1]))
                .toList();
        return new Leakage(
                group, seen.since, seen.queries, seen.words, seen.repeated, seen.together, seen.blocks, top, writers);
    }
}
