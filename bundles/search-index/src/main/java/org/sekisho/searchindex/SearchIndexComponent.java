// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexStatus;
import org.sekisho.api.searchindex.IndexWriting;
import org.sekisho.api.searchindex.Leakage;
import org.sekisho.api.searchindex.SearchIndex;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.api.store.RowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The search index as a service, and the job that sweeps. Everything is in the store: it may come and go at any time. */
@Component(
        service = {SearchIndex.class, IndexWriting.class},
        configurationPid = SearchIndexConfig.PID)
@Designate(ocd = SearchIndexConfig.class)
public final class SearchIndexComponent implements SearchIndex, IndexWriting {

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexComponent.class);

    private final SearchIndex index;
    private final IndexWriting writing;
    private final Sweep sweep;
    private final ScheduledExecutorService timer;

    @Activate
    public SearchIndexComponent(
            @Reference RowStore rows,
            @Reference Groups groups,
            @Reference GroupHistory history,
            SearchIndexConfig config) {
        this(rows, groups, history, config.sweep_interval_seconds(), config.page_cache_mebibytes());
    }

    private SearchIndexComponent(
            RowStore rows, Groups groups, GroupHistory history, long interval, long cachedMebibytes) {
        InstantSource clock = InstantSource.system();
        GroupFacts facts = new GroupFacts(groups, history);
        this.index = new GatewayIndex(rows, facts, clock, new LeakageMeter(), new Warm(cachedMebibytes << 20));
        this.writing = new GatewayWriting(rows, facts, clock);
        this.sweep = new Sweep(rows, clock);
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "sekisho-index-sweep");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.SECONDS);
    }

    /** Without a container, for tests and benchmarks. */
    public static SearchIndexComponent withDefaults(RowStore rows, Groups groups, GroupHistory history) {
        return new SearchIndexComponent(rows, groups, history, 60, 32);
    }

    private void sweep() {
        try {
            sweep.run();
        } catch (RuntimeException e) {
            // whatever it was, the timer must go on: what was not deleted is deleted next time
            LOG.warn("sweeping the search index failed; trying again: {}", e.toString());
        }
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
    }

    @Override
    public IndexAnswer search(Caller caller, GroupId group, IndexQuery query) {
        return index.search(caller, group, query);
    }

    @Override
    public List<Octets> log(Caller caller, GroupId group, long after, int limit) {
        return index.log(caller, group, after, limit);
    }

    @Override
    public Optional<Octets> directory(Caller caller, GroupId group, Octets segment, int offset) {
        return index.directory(caller, group, segment, offset);
    }

    @Override
    public Optional<Octets> ring(Caller caller, GroupId group) {
        return index.ring(caller, group);
    }

    @Override
    public IndexStatus indexStatus(Caller caller, GroupId group) {
        return index.indexStatus(caller, group);
    }

    @Override
    public Leakage leakage(Caller caller, GroupId group) {
        return index.leakage(caller, group);
    }

    @Override
    public Receipt publish(Caller caller, GroupId group, Octets segmentFile, long fence) {
        return writing.publish(caller, group, segmentFile, fence);
    }

    @Override
    public void stage(Caller caller, GroupId group, SegmentPart part) {
        writing.stage(caller, group, part);
    }

    @Override
    public Receipt commit(Caller caller, GroupId group, Octets entry, long fence) {
        return writing.commit(caller, group, entry, fence);
    }

    @Override
    public Receipt append(Caller caller, GroupId group, Octets entry) {
        return writing.append(caller, group, entry);
    }

    @Override
    public void putRing(Caller caller, GroupId group, Octets ring) {
        writing.putRing(caller, group, ring);
    }

    @Override
    public Optional<IndexLease> lease(Caller caller, GroupId group, int level, long fence) {
        return writing.lease(caller, group, level, fence);
    }
}
