// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.sekisho.api.Registration;

/** A few threads with a bounded queue, and one that only tells the time. */
final class Workers implements Executor, AutoCloseable {

    private static final int THREADS = 4;
    private static final int QUEUE = 20_000;

    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService clock;

    Workers(String name) {
        ThreadFactory threads = work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
        workers = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), threads);
        workers.allowCoreThreadTimeOut(true);
        clock = Executors.newSingleThreadScheduledExecutor(threads);
    }

    /** Throws RejectedExecutionException when the queue is full or this is closed. */
    @Override
    public void execute(Runnable work) {
        workers.execute(work);
    }

    /** Runs short work once, later. */
    Registration later(Duration delay, Runnable work) {
        var future = clock.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /** Runs short work again and again. */
    Registration every(Duration period, Runnable work) {
        var future = clock.scheduleAtFixedRate(work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
    }
}
