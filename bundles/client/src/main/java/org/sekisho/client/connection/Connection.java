// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sekisho.api.GroupId;
import org.sekisho.api.Registration;
import org.sekisho.client.transport.Gateway;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a member host and a gateway in step, with three daemon threads: one receives, one sends and keeps time, one calls
 * listeners. A listener may call anything, but while it runs no other is called.
 */
public final class Connection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long PULSE = 200;
    private static final Duration STOP = Duration.ofSeconds(10);

    private final MemberHost host;
    private final Gateway gateway;
    private final Receiver receiver;
    private final Courier courier;
    private final Listeners listeners;
    private final Runnable heartbeat;
    private final Changes changes = new Changes();
    private final Semaphore toSend = new Semaphore(0);
    private final Semaphore toTell = new Semaphore(0);
    private final Thread[] threads;
    private volatile boolean closed;

    /**
     * @param gateway closed with this
     * @param heartbeat called several times a second by the sending thread
     * @param beforeHanding called for each event before the application has it; when it throws, the event waits
     */
    public Connection(
            MemberHost host, Gateway gateway, Peers peers, Runnable heartbeat, Consumer<MemberEvent> beforeHanding) {
        this.host = host;
        this.gateway = gateway;
        this.receiver = new Receiver(host, gateway, peers, this::news);
        this.courier = new Courier(host, gateway, this::news);
        this.listeners = new Listeners(host, beforeHanding);
        this.heartbeat = heartbeat;
        this.threads = new Thread[] {
            thread("receive", this::receive), thread("send", this::send), thread("listen", this::listen)
        };
    }

    public void start() {
        for (Thread thread : threads) {
            thread.start();
        }
    }

    private static Thread thread(String name, Runnable work) {
        var thread = new Thread(work, "sekisho-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** Something was asked of the host, or came: send, tell, look again. */
    public void news() {
        toSend.release();
        toTell.release();
        changes.announce();
    }

    /** Waits until {@code look} finds something, at most {@code most}. */
    public <T> Optional<T> await(Duration most, Supplier<Optional<T>> look) {
        return changes.await(most, look);
    }

    /** Calls {@code action} for each event of a kind, on the listening thread. */
    public <E extends MemberEvent> Registration listen(GroupId group, Class<E> kind, Consumer<? super E> action) {
        Registration registration = listeners.add(group, kind, action);
        toTell.release();
        return registration;
    }

    /** Calls {@code look} on the listening thread, now and whenever something may have changed. */
    public Registration listen(Runnable look) {
        Registration registration = listeners.add(look);
        toTell.release();
        return registration;
    }

    private void receive() {
        repeat(() -> receiver.turn());
        receiver.close();
    }

    private void send() {
        repeat(() -> {
            if (toSend.tryAcquire(PULSE, TimeUnit.MILLISECONDS)) {
                toSend.drainPermits();
            }
            heartbeat.run();
            host.tick();
            courier.turn();
        });
    }

    private void listen() {
        repeat(() -> {
            if (toTell.tryAcquire(PULSE, TimeUnit.MILLISECONDS)) {
                toTell.drainPermits();
            }
            listeners.turn();
        });
    }

    /** Work of one round. */
    private interface Turn {
        void run() throws InterruptedException;
    }

    private void repeat(Turn turn) {
        while (!closed) {
            try {
                turn.run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    // the store is unavailable or damaged, or a bug: nothing was lost, the next round tries again
                    LOG.error("{} failed", Thread.currentThread().getName(), e);
                    pause();
                }
            }
        }
    }

    private void pause() {
        changes.await(Duration.ofSeconds(1), () -> closed ? Optional.of(true) : Optional.empty());
    }

    /** Ends the threads and the gateway's connections; what was not sent is sent next time. Idempotent. */
    @Override
    public void close() {
        closed = true;
        gateway.close();
        news();
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(STOP.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
