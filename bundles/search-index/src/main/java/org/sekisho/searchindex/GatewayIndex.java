// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexStatus;
import org.sekisho.api.searchindex.Leakage;
import org.sekisho.api.searchindex.SearchIndex;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.searchindex.protocol.SegmentState.Phase;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Ring;

/** Searching and reading a group's index. Safe for many threads. */
final class GatewayIndex implements SearchIndex {

    private static final int PART = IndexLimits.PART;
    private static final int SCAN = 500;

    private final RowStore rows;
    private final GroupFacts groups;
    private final InstantSource clock;
    private final LeakageMeter meter;
    private final Warm warm;

    GatewayIndex(RowStore rows, GroupFacts groups, InstantSource clock, LeakageMeter meter, Warm warm) {
        this.rows = rows;
        this.groups = groups;
        this.clock = clock;
        this.meter = meter;
        this.warm = warm;
    }

    @Override
    public IndexAnswer search(Caller caller, GroupId group, IndexQuery query) {
        groups.demand(Operation.INDEX_SEARCH, caller, group);
        IndexAnswer answer = rows.read(IndexRows.scope(group), tx -> new Lookups(tx, warm).answer(query));
        meter.asked(group, query, answer, clock.instant());
        return answer;
    }

    @Override
    public List<Octets> log(Caller caller, GroupId group, long after, int limit) {
        groups.demand(Operation.INDEX_SEARCH, caller, group);
        int most = Page.checkLimit(limit);
        return rows.read(IndexRows.scope(group), tx -> bounded(new IndexRows(tx).entries(Math.max(0, after), most)));
    }

    /** At least one, and about a megabyte. */
    private static List<Octets> bounded(List<Octets> entries) {
        List<Octets> some = new ArrayList<>();
        long octets = 0;
        for (Octets entry : entries) {
            octets += entry.size();
            if (octets > PART && !some.isEmpty()) {
                break;
            }
            some.add(entry);
        }
        return some;
    }

    @Override
    public Optional<Octets> directory(Caller caller, GroupId group, Octets segment, int offset) {
        groups.demand(Operation.INDEX_SEARCH, caller, group);
        return rows.read(IndexRows.scope(group), tx -> {
            Optional<SegmentRecord> record = new IndexRows(tx).record(segment);
            boolean there = record.filter(r -> !r.purged() && offset >= 0 && offset < r.directorySize())
                    .isPresent();
            if (!there) {
                return Optional.empty();
            }
            int part = offset / PART;
            return tx.get(Table.INDEX_DIRECTORY, Pages.key(segment, part))
                    .map(bytes -> bytes.slice(offset - part * PART, bytes.size()));
        });
    }

    @Override
    public Optional<Octets> ring(Caller caller, GroupId group) {
        groups.demand(Operation.INDEX_SEARCH, caller, group);
        return rows.read(IndexRows.scope(group), tx -> new IndexRows(tx).ring());
    }

    @Override
    public IndexStatus indexStatus(Caller caller, GroupId group) {
        GroupView view = groups.demand(Operation.INDEX_STATUS, caller, group);
        long exposed = caller.leaf().isPresent() ? groups.facts(caller, view).lastRemoval() : -1;
        return rows.read(IndexRows.scope(group), tx -> status(tx, group, exposed));
    }

    private static IndexStatus status(RowTx tx, GroupId group, long lastRemoval) {
        Map<Integer, long[]> levels = new TreeMap<>();
        long[] sums = new long[5];
        var index = new IndexRows(tx);
        IndexRows.Top top = index.top();
        // without the group's rosters the newest cohort that wrote is the best guess
        long boundary = lastRemoval < 0 ? top.newestCohort() : lastRemoval;
        each(index, record -> {
            if (record.phase() != Phase.LIVE) {
                sums[1] += record.phase() == Phase.REPLACED ? 1 : 0;
                return;
            }
            sums[0]++;
            sums[2] += record.rows();
            sums[3] += record.octets();
            sums[4] += record.keyCohort() < boundary ? 1 : 0;
            long[] level = levels.computeIfAbsent(record.level(), l -> new long[3]);
            level[0]++;
            level[1] += record.rows();
            level[2] += record.octets();
        });
        return new IndexStatus(
                group,
                top.head().n(),
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                top.tombstones(),
                sums[4],
                index.ring().map(r -> Ring.decode(r).version()).orElse(0L),
                sums[0] > IndexStatus.SLOW,
                levels.entrySet().stream()
                        .map(e -> new IndexStatus.Level(e.getKey(), e.getValue()[0], e.getValue()[1], e.getValue()[2]))
                        .toList());
    }

    private static void each(IndexRows index, java.util.function.Consumer<SegmentRecord> action) {
        Octets after = Octets.EMPTY;
        for (List<SegmentRecord> page; !(page = index.records(after, SCAN)).isEmpty(); ) {
            page.forEach(action);
            after = page.get(page.size() - 1).segment();
        }
    }

    @Override
    public Leakage leakage(Caller caller, GroupId group) {
        groups.demand(Operation.INDEX_STATUS, caller, group);
        Map<LeafId, long[]> writers = new TreeMap<>();
        rows.read(IndexRows.scope(group), tx -> {
            each(new IndexRows(tx), record -> {
                long[] sums = writers.computeIfAbsent(record.writer(), w -> new long[2]);
                sums[0]++;
                sums[1] += record.rows();
            });
            return group;
        });
        return meter.leakage(
                group,
                clock.instant(),
                writers.entrySet().stream()
                        .map(e -> new Leakage.Writer(e.getKey(), e.getValue()[0], e.getValue()[1]))
                        .toList());
    }
}
