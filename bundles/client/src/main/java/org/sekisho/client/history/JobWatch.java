// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sekisho.api.GroupId;
import org.sekisho.api.Registration;
import org.sekisho.api.SekishoException;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.client.transport.StoreGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener how a group's jobs move on, by a stream that is opened again when it breaks, until closed. A daemon thread of
 * its own; what the listener was told once it is not told again, of the newest jobs.
 */
final class JobWatch implements Registration {

    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
    private static final long LOOK_MILLIS = 500;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(45);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final int MOST_TOLD = 256;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final GroupId group;
    private final StoreGateway gateway;
    private final Consumer<JobView> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Way, Stand> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        /** More than the gateway tells of at once: what is told again was not forgotten meanwhile. */
        @Override
        protected boolean removeEldestEntry(Map.Entry<Way, Stand> eldest) {
            return size() > MOST_TOLD;
        }
    };
    private volatile long heard;

    private record Way(long cohort, long from, long to) {}

    private record Stand(TokenState state, long done, long total) {}

    private JobWatch(GroupId group, StoreGateway gateway, Consumer<JobView> listener) {
        this.group = group;
        this.gateway = gateway;
        this.listener = listener;
    }

    static JobWatch start(GroupId group, StoreGateway gateway, Consumer<JobView> listener) {
        var watch = new JobWatch(group, gateway, listener);
        var thread = new Thread(watch::run, "sekisho-jobs");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            do {
                long begun = System.nanoTime();
                follow();
                boolean held = System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS);
                pause = held ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            } while (!closed.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One stream, to its end. */
    private void follow() throws InterruptedException {
        var ended = new CountDownLatch(1);
        heard = System.nanoTime();
        try (Registration stream = gateway.watchJobs(group, this::take, ended::countDown)) {
            while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    && closed.getCount() > 0
                    && System.nanoTime() - heard < SILENCE_NANOS) {
                // goes on
            }
        } catch (SekishoException e) {
            LOG.debug("{}: jobs cannot be followed: {}", group, e.code());
        } catch (RuntimeException e) {
            LOG.debug("{}: jobs cannot be followed", group, e);
        }
    }

    private void take(Optional<JobView> job) {
        heard = System.nanoTime();
        job.filter(this::isNews).ifPresent(this::tell);
    }

    private synchronized boolean isNews(JobView job) {
        var stand = new Stand(job.state(), job.done(), job.total());
        return !stand.equals(told.put(new Way(job.cohort(), job.fromEpoch(), job.toEpoch()), stand));
    }

    private void tell(JobView job) {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            listener.accept(job);
        } catch (RuntimeException e) {
            LOG.warn("a listener to jobs failed", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
