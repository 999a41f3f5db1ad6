// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Registration;
import org.sekisho.api.SekishoException;
import org.sekisho.api.groups.LogEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader of one log, or of other news. Entries are fetched in small portions, the next only after the last was taken by the
 * connection, so a slow reader costs one portion of memory and no thread; one that stands still is cut off.
 */
final class EventStream implements WriteListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int PORTION = 20;
    private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext async;
    private final Caller caller;
    private final Source source;
    private final Workers workers;
    private final long stalledNanos;
    private final long lifetimeNanos;
    private final long begun = System.nanoTime();
    private final Queue<byte[]> pending = new ArrayDeque<>();
    private final AtomicBoolean fetching = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean news = true;
    private Registration watching = () -> {};
    private Runnable onEnd = () -> {};
    private long cursor;
    private boolean unflushed;
    private boolean last;
    private long progress = System.nanoTime();

    /**
     * Something to be told.
     *
     * @param n where a reader that was cut off goes on; 0 when it begins anew
     */
    record Item(long n, String name, Object data) {

        static Item of(LogEntry entry) {
            return new Item(entry.n(), "entry", entry);
        }
    }

    /** Where news come from. */
    interface Source {
        List<Item> read(long after, int limit);

        Registration watch(Runnable onNews);

        /** Throws when the caller may not read this. */
        default void check(long after) {
            read(after, 1);
        }

        /** Whether it is also asked from time to time, since not all news are told by {@link #watch}. */
        default boolean polled() {
            return false;
        }

        static Source of(Reader reader, Function<Runnable, Registration> watcher) {
            return new Source() {
                @Override
                public List<Item> read(long after, int limit) {
                    return reader.read(after, limit).stream().map(Item::of).toList();
                }

                @Override
                public Registration watch(Runnable onNews) {
                    return watcher.apply(onNews);
                }
            };
        }

        /** Reads entries after a position. */
        @FunctionalInterface
        interface Reader {
            List<LogEntry> read(long after, int limit);
        }
    }

    EventStream(AsyncContext async, Caller caller, Source source, long after, Workers workers, RestConfig config) {
        this.async = async;
        this.caller = caller;
        this.source = source;
        this.cursor = after;
        this.workers = workers;
        this.stalledNanos = TimeUnit.SECONDS.toNanos(config.stalled_seconds());
        this.lifetimeNanos = TimeUnit.SECONDS.toNanos(config.stream_lifetime_seconds());
    }

    void begin(Runnable whenEnded) throws IOException {
        onEnd = whenEnded;
        async.addListener(new EndOfConnection());
        synchronized (this) {
            pending.add(SIGN_OF_LIFE);
        }
        try {
            watching = source.watch(this::news);
        } catch (SekishoException e) {
            refused(e);
        }
        output().setWriteListener(this);
        fetchLater();
    }

    private ServletOutputStream output() throws IOException {
        return async.getResponse().getOutputStream();
    }

    private void news() {
        news = true;
        fetchLater();
    }

    private void fetchLater() {
        if (!ended.get() && fetching.compareAndSet(false, true)) {
            try {
                workers.execute(this::fetch);
            } catch (RejectedExecutionException full) {
                LOG.debug("an event stream is cut: no worker for its news", full);
                end();
            }
        }
    }

    private void fetch() {
        long from;
        synchronized (this) {
            if (!pending.isEmpty() || last) {
                fetching.set(false);
                return;
            }
            from = cursor;
        }
        news = false;
        try {
            List<Item> items = source.read(from, PORTION);
            synchronized (this) {
                for (Item item : items) {
                    pending.add(event(item.n() == 0 ? "" : Long.toString(item.n()), item.name(), item.data()));
                    cursor = Math.max(cursor, item.n());
                }
            }
            // after anything was sent it is asked again, so that what was the last ends the stream at once
            if (!items.isEmpty()) {
                news = true;
            }
        } catch (SekishoException e) {
            refused(e);
        } catch (IOException | RuntimeException e) {
            LOG.error("an event stream failed", e);
            refused(SekishoException.of(ErrorCode.INTERNAL, "the stream failed"));
        }
        fetching.set(false);
        drain();
    }

    boolean isOf(LeafId leaf) {
        return caller.leaf().filter(leaf::equals).isPresent();
    }

    /** The reader may not read any more: nothing that waits is sent. */
    void revoked() {
        synchronized (this) {
            pending.clear();
        }
        refused(new DeniedException(ErrorCode.REVOKED, "the certificate was revoked"));
        drain();
    }

    /** Tells the reader why this is the end, then ends. */
    private synchronized void refused(SekishoException error) {
        try {
            pending.add(event("", "error", Problem.of(error)));
        } catch (IOException e) {
            throw new IllegalStateException("a problem that cannot be written", e);
        }
        last = true;
    }

    private static byte[] event(String id, String name, Object data) throws IOException {
        String head = (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: ";
        return (head + Json.MAPPER.writeValueAsString(data) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void onWritePossible() {
        drain();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("an event stream's reader is gone", failure);
        end();
    }

    /** Writes what the connection takes without waiting. */
    private void drain() {
        boolean done;
        try {
            done = write();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("an event stream's reader is gone", e);
            end();
            return;
        }
        if (done && last) {
            end();
        } else if (done && news) {
            fetchLater();
        }
    }

    private synchronized boolean write() throws IOException {
        ServletOutputStream out = output();
        while (!ended.get() && out.isReady()) {
            byte[] next = pending.poll();
            if (next != null) {
                out.write(next);
                unflushed = true;
                progress = System.nanoTime();
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else {
                return true;
            }
        }
        return false;
    }

    /** From time to time: a sign of life, or the end of a stream that is too old or stands still. */
    void beat() {
        long now = System.nanoTime();
        boolean idle;
        boolean stalled;
        synchronized (this) {
            idle = pending.isEmpty();
            stalled = !idle && now - progress > stalledNanos;
            if (idle) {
                pending.add(SIGN_OF_LIFE);
                progress = now;
            }
        }
        if (stalled || now - begun > lifetimeNanos) {
            end();
        } else if (idle) {
            if (source.polled()) {
                news = true;
            }
            drain();
        }
    }

    /** Idempotent. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            watching.close();
            onEnd.run();
            try {
                async.complete();
            } catch (IllegalStateException alreadyOver) {
                LOG.debug("the connection was over before its stream", alreadyOver);
            }
        }
    }

    private final class EndOfConnection implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
