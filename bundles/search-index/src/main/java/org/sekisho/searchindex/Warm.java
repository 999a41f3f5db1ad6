// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.protocol.SegmentState.Phase;
import org.sekisho.searchindex.wire.Audit;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.Head;
import org.sekisho.searchindex.wire.Manifest;
import org.sekisho.searchindex.wire.Replaced;

/**
 * Live segments and their pages that were looked at lately, sealed as they are in the store, within a bound of memory. What is kept of a segment holds for one
 * position of the group's index log; when the log has moved on, only what its new entries say is forgotten. So it is right also when
 * another gateway writes the same database. Pages of a live segment never change. Safe for many threads.
 */
final class Warm {

    private static final int GROUPS = 256;
    private static final int SEGMENTS = 4096;

    /** New entries up to which they are looked at one by one. */
    private static final long STEPS = 64;

    /** What a page costs beside its octets. */
    private static final int ENTRY = 160;

    /** What a segment costs. */
    static final int RECORD = 400;

    private final long most;
    private long octets;
    private long segments;

    private final Map<Octets, Known> groups = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Octets, Optional<Octets>> pages = new LinkedHashMap<>(64, 0.75f, true);

    /** @param most octets of segments and pages, about; segments have half of it at most */
    Warm(long most) {
        this.most = most;
    }

    /** Segments that are kept now. */
    synchronized long segments() {
        return segments;
    }

    /** Octets that all of it takes, about. */
    synchronized long octets() {
        return octets + segments * RECORD;
    }

    /** Live segments at one position of a log. */
    private record Known(long n, Hash hash, Map<Octets, SegmentRecord> live) {}

    /** One group's part, as one transaction sees it. */
    View view(IndexRows rows, Octets scope, Head head) {
        synchronized (this) {
            Known known = groups.get(scope);
            if (known != null && known.n() == head.n() && known.hash().equals(head.hash())) {
                return new View(rows, scope, known);
            }
            boolean follows = known != null
                    && known.n() < head.n()
                    && head.n() - known.n() <= STEPS
                    && rows.hashAt(known.n()).equals(Optional.of(known.hash()));
            Map<Octets, SegmentRecord> live = new HashMap<>();
            if (follows) {
                live.putAll(known.live());
                for (long n = known.n() + 1; n <= head.n(); n++) {
                    forget(rows, live, Entry.decode(rows.entry(n).orElseThrow()));
                }
            }
            Known next = new Known(head.n(), head.hash(), live);
            if (known == null || known.n() < head.n() || !follows && known.n() == head.n()) {
                drop(scope);
                groups.put(scope, next);
                segments += live.size();
                make();
            }
            return new View(rows, scope, next);
        }
    }

    private void drop(Octets scope) {
        Known old = groups.remove(scope);
        segments -= old == null ? 0 : old.live().size();
    }

    /** Makes room: first by groups not looked at for long, then by pages. */
    private void make() {
        while (groups.size() > 1 && (groups.size() > GROUPS || full())) {
            drop(groups.keySet().iterator().next());
        }
        var oldest = pages.entrySet().iterator();
        while (octets() > most && oldest.hasNext()) {
            octets -= cost(oldest.next().getValue());
            oldest.remove();
        }
    }

    /** Whether segments have all that they may. */
    private boolean full() {
        return (segments + 1) * RECORD > most / 2;
    }

    /** Keeps a segment of a group that is itself still kept. */
    @SuppressWarnings("ReferenceEquality") // the very same, not one like it
    private synchronized void keep(Octets scope, Known known, SegmentRecord found) {
        if (groups.get(scope) != known) {
            return;
        }
        if (full()) {
            make();
        }
        if (!full() && known.live().size() < SEGMENTS && known.live().put(found.segment(), found) == null) {
            segments++;
            make();
        }
    }

    private static void forget(IndexRows rows, Map<Octets, SegmentRecord> live, Entry entry) {
        if (entry.statement() instanceof Manifest manifest) {
            manifest.replaces().stream().map(Replaced::segment).forEach(live::remove);
        } else if (entry.statement() instanceof Audit audit) {
            live.remove(audit.segment());
        }
    }

    /** For one transaction. */
    final class View {

        private final IndexRows rows;
        private final Octets scope;
        private final Known known;

        private View(IndexRows rows, Octets scope, Known known) {
            this.rows = rows;
            this.scope = scope;
            this.known = known;
        }

        /** Empty unless it is searched. */
        Optional<SegmentRecord> live(Octets segment) {
            synchronized (Warm.this) {
                SegmentRecord kept = known.live().get(segment);
                if (kept != null) {
                    return Optional.of(kept);
                }
            }
            Optional<SegmentRecord> found = rows.record(segment).filter(r -> r.phase() == Phase.LIVE && !r.purged());
            found.ifPresent(record -> keep(scope, known, record));
            return found;
        }

        /** A page of a live segment. */
        Optional<Octets> page(Octets key) {
            Octets place = Octets.concat(scope, key);
            synchronized (Warm.this) {
                Optional<Octets> kept = pages.get(place);
                if (kept != null) {
                    return kept;
                }
            }
            Optional<Octets> page = rows.page(key);
            keep(place, page);
            return page;
        }
    }

    private synchronized void keep(Octets place, Optional<Octets> page) {
        if (pages.putIfAbsent(place, page) == null) {
            octets += cost(page);
        }
        make();
    }

    private static long cost(Optional<Octets> page) {
        return ENTRY + page.map(Octets::size).orElse(0);
    }
}
