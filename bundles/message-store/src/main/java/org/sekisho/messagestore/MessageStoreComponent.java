// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.api.messagestore.StoreView;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.store.RowStore;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.messagestore.store.StoreHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message store as services. A job that is under way when the component stops goes on when it, or another gateway, starts.
 */
@Component(
        immediate = true,
        service = {MessageStore.class, ReEncryption.class},
        configurationPid = MessageStoreConfig.PID)
@Designate(ocd = MessageStoreConfig.class)
public final class MessageStoreComponent implements MessageStore, ReEncryption {

    private static final Logger LOG = LoggerFactory.getLogger(MessageStoreComponent.class);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofSeconds(60);
    private static final Duration LAST_WORK = Duration.ofSeconds(10);

    private final InFlight inFlight = new InFlight();
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(named("sekisho-store"));
    private final ExecutorService workers;
    private final StoreHost host;
    private long swept = System.nanoTime();
    private volatile boolean stopping;

    @Activate
    public MessageStoreComponent(
            @Reference RowStore rows,
            @Reference Groups groups,
            @Reference GroupHistory history,
            @Reference AuditTrail audit,
            BundleContext context,
            MessageStoreConfig config)
            throws IOException {
        var entropy = new SystemEntropy();
        int threads = config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
        this.workers = Executors.newFixedThreadPool(threads, named("sekisho-turning"));
        this.host = new StoreHost(
                new StoreHost.Ground(
                        rows,
                        groups,
                        history,
                        audit,
                        ShredKeys.open(path(context, config.token_key_directory()), entropy),
                        workers,
                        InstantSource.system(),
                        entropy),
                config.message_bytes(),
                Duration.ofSeconds(config.grace_seconds()),
                "LAZY".equals(config.mode()));
        beat.execute(guarded(host::shredOrphans));
        every(LOOK_AROUND, Duration.ZERO, host::rebuild);
        every(Duration.ofMillis(config.beat_milliseconds()), Duration.ofMillis(config.beat_milliseconds()), () -> {
            while (!stopping && host.round()) {
                Thread.onSpinWait();
            }
        });
        every(SWEEP, SWEEP, () -> {
            long now = System.nanoTime();
            host.sweep(Duration.ofNanos(now - swept));
            swept = now;
        });
    }

    private void every(Duration pause, Duration first, Runnable work) {
        beat.scheduleWithFixedDelay(guarded(work), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("a beat failed: {}", e.toString());
            }
        };
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            var thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static Path path(BundleContext context, String text) {
        return Path.of(text.replace("${karaf.etc}", property(context, "karaf.etc"))
                .replace("${karaf.data}", property(context, "karaf.data")));
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    @Deactivate
    void stop() {
        stopping = true;
        inFlight.close();
        shutdown(beat);
        shutdown(workers);
        host.close();
    }

    private static void shutdown(ExecutorService threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WORK.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void upload(Caller caller, GroupId group, MessageId message, int index, boolean last, Octets chunk) {
        inFlight.call(() -> {
            host.upload(caller, group, message, index, last, chunk);
            return message;
        });
    }

    @Override
    public StoredMessage deposit(Caller caller, GroupId group, Deposit deposit) {
        return inFlight.call(() -> host.deposit(caller, group, deposit));
    }

    @Override
    public Page<StoredMessage> list(Caller caller, GroupId group, long epoch, Optional<String> cursor, int limit) {
        return inFlight.call(() -> host.list(caller, group, epoch, cursor, limit));
    }

    @Override
    public StoredMessage message(Caller caller, GroupId group, MessageId message, long epoch) {
        return inFlight.call(() -> host.message(caller, group, message, epoch));
    }

    @Override
    public List<Octets> chunks(Caller caller, GroupId group, MessageId message, int first, int count) {
        return inFlight.call(() -> host.chunks(caller, group, message, first, count));
    }

    @Override
    public StoredMessage delete(Caller caller, GroupId group, MessageId message) {
        return inFlight.call(() -> host.delete(caller, group, message));
    }

    @Override
    public Registration watch(Caller caller, GroupId group, Runnable onNews) {
        return inFlight.call(() -> host.watch(caller, group, onNews));
    }

    @Override
    public CohortView submit(Caller caller, GroupId group, Octets statement, SecretBytes token) {
        return inFlight.call(() -> host.submit(caller, group, statement, token));
    }

    @Override
    public void state(Caller caller, GroupId group, Octets statement) {
        inFlight.call(() -> {
            host.state(caller, group, statement);
            return group;
        });
    }

    @Override
    public List<CohortView> cohorts(Caller caller, GroupId group) {
        return inFlight.call(() -> host.cohorts(caller, group));
    }

    @Override
    public List<KeptStatement> statements(Caller caller, GroupId group, long after, int limit) {
        return inFlight.call(() -> host.statements(caller, group, after, limit));
    }

    @Override
    public Page<JobView> jobs(Caller caller, Optional<GroupId> group, Optional<String> cursor, int limit) {
        return inFlight.call(() -> host.jobs(caller, group, cursor, limit));
    }

    @Override
    public StoreView status(Caller caller, GroupId group) {
        return inFlight.call(() -> host.status(caller, group));
    }
}
