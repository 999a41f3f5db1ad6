// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.sekisho.api.GroupId;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.client.transport.Gateway;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberIdentity;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.MemberVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The histories of a participant's groups, and one daemon thread that looks after them: at once when an epoch begins, every
 * second while something is unsettled, else every minute. A gateway without a message store is asked now and then.
 */
public final class Histories implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Histories.class);
    private static final long BEAT_MILLIS = 500;
    private static final long BUSY_MILLIS = 1_000;
    private static final long IDLE_MILLIS = 60_000;

    private final MemberIdentity self;
    private final MemberHost host;
    private final MemberVault vault;
    private final RowStore rows;
    private final SecretBytes storeKey;
    private final Gateway gateway;
    private final HostClock clock;
    private final Entropy entropy;
    private final Map<GroupId, History> open = new ConcurrentHashMap<>();
    private final Map<GroupId, Due> due = new ConcurrentHashMap<>();
    private final List<BiConsumer<GroupId, String>> listeners = new CopyOnWriteArrayList<>();
    private final JobWatches watches = new JobWatches();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var t = new Thread(work, "sekisho-history");
        t.setDaemon(true);
        return t;
    });

    /** When a group is looked at next, and the epoch it was in. */
    private record Due(long epoch, long at) {}

    /** {@code storeKey} is copied. */
    public Histories(
            MemberIdentity self,
            MemberHost host,
            MemberVault vault,
            RowStore rows,
            SecretBytes storeKey,
            Gateway gateway,
            HostClock clock,
            Entropy entropy) {
        this.self = self;
        this.host = host;
        this.vault = vault;
        this.rows = rows;
        this.storeKey = storeKey.duplicate();
        this.gateway = gateway;
        this.clock = clock;
        this.entropy = entropy;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    public History of(GroupId group) {
        return open.computeIfAbsent(
                group,
                id -> new History(
                        id,
                        new History.Ground(
                                self,
                                host,
                                vault,
                                rows,
                                storeKey,
                                gateway.store(),
                                clock,
                                entropy,
                                text -> alarm(id, text)),
                        watches));
    }

    /** What somebody should look at: tokens and headers that do not fit. On the thread that looks after histories. */
    public Registration onAlarm(BiConsumer<GroupId, String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How the group's jobs move on, until the registration or these histories are closed. */
    public Registration onJob(GroupId group, Consumer<JobView> listener) {
        return of(group).onJob(listener);
    }

    private void alarm(GroupId group, String text) {
        LOG.warn("{}: {}", group, text);
        listeners.forEach(listener -> listener.accept(group, text));
    }

    private void beat() {
        try {
            for (GroupId group : host.groups()) {
                long epoch = host.view(group).epoch();
                Due next = due.get(group);
                if (host.view(group).status() == MemberStatus.MEMBER
                        && (next == null || next.epoch() != epoch || next.at() <= clock.lived())) {
                    boolean busy = tend(group);
                    due.put(group, new Due(epoch, clock.lived() + (busy ? BUSY_MILLIS : IDLE_MILLIS)));
                }
            }
        } catch (RuntimeException e) {
            // the local store may be closing, or a bug: the next beat tries again
            LOG.debug("looking after histories failed", e);
        }
    }

    /** Looks after a group soon: something was stored. */
    public void touch(GroupId group) {
        due.remove(group);
    }

    private boolean tend(GroupId group) {
        try {
            return of(group).tend();
        } catch (SekishoException e) {
            LOG.debug("{}: the store cannot be looked after: {}", group, e.code());
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("looking after histories does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watches.close();
        open.values().forEach(History::close);
        storeKey.close();
    }
}
