// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.sekisho.api.GroupId;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.client.history.History;
import org.sekisho.client.transport.HttpIndex;
import org.sekisho.crypto.store.StoreSealer;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.searchindex.wire.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search indexes of a session: indexes what was sent within half a minute, passes keys on, merges and audits in the background.
 * Safe for many threads.
 */
public final class Indexing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);
    private static final long ROUND_MILLIS = 1000;
    private static final long FLUSH_EVERY = 30;
    private static final long COMPACT_EVERY = 60;

    /** After a failure a group is left alone for this long: the gateway may not have the feature. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final MemberHost host;
    private final Function<GroupId, HttpIndex> remote;
    private final Function<GroupId, History> histories;
    private final RowStore rows;
    private final StoreSealer sealer;
    private final Entry.Signer signer;
    private final Entropy entropy;
    private final InstantSource clock;
    private final SearchSettings settings;
    private final Map<GroupId, GroupIndex> groups = new ConcurrentHashMap<>();
    private final Map<GroupId, Long> pausedUntil = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;
    private long round;

    /**
     * @param storeKey copied
     */
    public Indexing(
            MemberHost host,
            Function<GroupId, HttpIndex> remote,
            Function<GroupId, History> histories,
            RowStore rows,
            SecretBytes storeKey,
            Entry.Signer signer,
            Entropy entropy,
            InstantSource clock,
            SearchSettings settings) {
        this.host = host;
        this.remote = remote;
        this.histories = histories;
        this.rows = rows;
        this.sealer = SearchRows.sealer(storeKey, entropy);
        this.signer = signer;
        this.entropy = entropy;
        this.clock = clock;
        this.settings = settings;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "sekisho-index");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    public GroupIndex of(GroupId group) {
        return groups.computeIfAbsent(
                group,
                id -> new GroupIndex(
                        id,
                        host,
                        remote.apply(id),
                        () -> histories.apply(id),
                        new SearchRows(rows, sealer, id),
                        signer,
                        entropy,
                        clock,
                        settings));
    }

    /** Keeps what is about to be handed to the application. */
    public void received(MemberEvent event) {
        if (event instanceof MemberEvent.Message message) {
            of(message.group()).received(message);
        }
    }

    private void round() {
        round++;
        for (GroupId group : host.groups()) {
            if (clock.millis() >= pausedUntil.getOrDefault(group, 0L)) {
                tick(group);
            }
        }
    }

    private void tick(GroupId group) {
        try {
            of(group).tick(round % FLUSH_EVERY == 0, settings.compaction() && round % COMPACT_EVERY == 0);
        } catch (SekishoException e) {
            LOG.debug("index of {}: {}", group, e.code());
            pausedUntil.put(group, clock.millis() + PAUSE.toMillis());
        } catch (RuntimeException e) {
            // whatever it was, the timer must go on; what was not indexed waits
            LOG.warn("index of {} failed: {}", group, e.toString());
            pausedUntil.put(group, clock.millis() + PAUSE.toMillis());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sealer.close();
    }
}
