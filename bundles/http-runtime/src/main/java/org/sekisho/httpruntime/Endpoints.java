// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.cxf.endpoint.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the running servers equal to what should run. Changes that come within {@value #SETTLE_MILLIS} ms of each
 * other are taken together, so that a starting gateway builds each server once.
 *
 * <p>Thread-safe; servers are built and destroyed on one thread of its own. A server that cannot be built is logged as
 * an error and left out; the others go on.
 */
final class Endpoints implements AutoCloseable {
    static final long SETTLE_MILLIS = 50;

    /** After this long, what is incomplete is published as it is. */
    static final long PATIENCE_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    /** How one server is built; two plans that are equal need no exchange. */
    interface Plan {
        Server build();

        /** False while services that belong to it are still to come: then nothing of it is published. */
        default boolean isComplete() {
            return true;
        }
    }

    private final PublicationGate gate;
    private final Supplier<Map<String, Plan>> wanted;
    private final Map<String, Running> running = new TreeMap<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService publisher;
    private volatile boolean settled = true;
    private long incompleteSinceNanos;

    private record Running(Plan plan, Server server) {}

    Endpoints(String name, PublicationGate gate, Supplier<Map<String, Plan>> wanted) {
        this.gate = gate;
        this.wanted = wanted;
        this.publisher = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "sekisho-publish-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Something changed: compare and exchange soon. */
    void changed() {
        if (due.compareAndSet(false, true)) {
            try {
                publisher.schedule(this::settle, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                LOG.debug("change after close: every server is going away", closing);
            }
        }
    }

    /** Whether no change is waiting and every wanted server runs. */
    boolean isSettled() {
        return settled && !due.get();
    }

    private void settle() {
        due.set(false);
        Map<String, Plan> all = wanted.get();
        Map<String, Plan> target = complete(all);
        boolean equal = target.keySet().equals(running.keySet())
                && running.entrySet().stream().allMatch(e -> e.getValue().plan().equals(target.get(e.getKey())));
        if (!equal) {
            settled = false;
            gate.whileClosed(() -> CxfBus.withOwnClassLoader(() -> exchange(target)));
        }
        settled = running.keySet().equals(all.keySet());
    }

    /** Without what still waits for a part of it; looks again soon when there is such. */
    private Map<String, Plan> complete(Map<String, Plan> all) {
        Map<String, Plan> complete = new TreeMap<>(all);
        complete.values().removeIf(plan -> !plan.isComplete());
        if (complete.size() == all.size()) {
            incompleteSinceNanos = 0;
            return complete;
        }
        long now = System.nanoTime();
        if (incompleteSinceNanos == 0) {
            incompleteSinceNanos = now;
        }
        if (now - incompleteSinceNanos > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
            LOG.warn("published although parts are missing: {}", all.keySet());
            return all;
        }
        changed();
        return complete;
    }

    private Void exchange(Map<String, Plan> target) {
        running.entrySet().removeIf(e -> {
            boolean stale = !e.getValue().plan().equals(target.get(e.getKey()));
            if (stale) {
                destroy(e.getKey(), e.getValue());
            }
            return stale;
        });
        target.forEach((address, plan) -> {
            if (!running.containsKey(address)) {
                build(address, plan);
            }
        });
        return null;
    }

    private void build(String address, Plan plan) {
        try {
            running.put(address, new Running(plan, plan.build()));
            LOG.info("published {}", address);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("cannot publish {}", address, e);
        }
    }

    private static void destroy(String address, Running stale) {
        try {
            stale.server().destroy();
            LOG.info("withdrawn {}", address);
        } catch (RuntimeException e) {
            LOG.warn("server at {} did not stop cleanly", address, e);
        }
    }

    /** Destroys every server before it returns, within five seconds. */
    @Override
    public void close() {
        publisher.execute(() -> gate.whileClosed(() -> CxfBus.withOwnClassLoader(() -> exchange(Map.of()))));
        publisher.shutdown();
        try {
            if (!publisher.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("servers did not stop within five seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
