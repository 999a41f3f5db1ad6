// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Registration;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.RevocationListener;
import org.sekisho.api.groups.LogEntry;

/**
 * Answers a reader at once when there is something to read, else when there is news, at the latest when its time is up.
 * No thread is held while a reader waits. Nothing is lost between looking and waiting: a reader looks again after it
 * began to listen.
 */
@Component(
        service = {LongPoll.class, RevocationListener.class},
        configurationPid = "org.sekisho.rest")
@Designate(ocd = RestConfig.class)
public final class LongPoll implements RevocationListener {

    private final Places places;
    private final Workers workers = new Workers("sekisho-rest-poll");
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

    @Activate
    public LongPoll(RestConfig config) {
        this.places = new Places(config.waiting(), config.waiting_per_caller());
    }

    /** Every reader that still waits is answered with what it has: nothing. */
    @Deactivate
    void close() {
        waiters.forEach(waiter -> waiter.finish(new Items<LogEntry>(List.of())));
        workers.close();
    }

    @Override
    public void revoked(LeafId leaf) {
        waiters.stream()
                .filter(waiter -> waiter.caller.leaf().filter(leaf::equals).isPresent())
                .forEach(
                        waiter -> waiter.finish(new DeniedException(ErrorCode.REVOKED, "the certificate was revoked")));
    }

    void answer(
            AsyncResponse response,
            Caller caller,
            Duration wait,
            Supplier<List<LogEntry>> read,
            Function<Runnable, Registration> watch) {
        List<LogEntry> entries = read.get();
        if (!entries.isEmpty() || wait.isZero()) {
            response.resume(new Items<>(entries));
            return;
        }
        Waiter waiter = new Waiter(response, caller, read, places.take(caller));
        waiters.add(waiter);
        waiter.listen(watch, wait);
    }

    private final class Waiter implements Runnable {

        private final AsyncResponse response;
        private final Caller caller;
        private final Supplier<List<LogEntry>> read;
        private final Places.Place place;
        private Registration registration = () -> {};
        private Registration timeout = () -> {};
        private boolean finished;

        Waiter(AsyncResponse response, Caller caller, Supplier<List<LogEntry>> read, Places.Place place) {
            this.response = response;
            this.caller = caller;
            this.read = read;
            this.place = place;
        }

        void listen(Function<Runnable, Registration> watch, Duration wait) {
            try {
                hold(watch.apply(this::news), workers.later(wait, () -> finish(new Items<LogEntry>(List.of()))));
                news();
            } catch (RuntimeException e) {
                finish(e);
            }
        }

        private synchronized void hold(Registration listening, Registration ending) {
            if (finished) {
                listening.close();
                ending.close();
            } else {
                registration = listening;
                timeout = ending;
            }
        }

        /** Called by whoever appended: hands over and returns. */
        private void news() {
            try {
                workers.execute(this);
            } catch (RejectedExecutionException full) {
                finish(new UnavailableException(ErrorCode.QUEUE_FULL, "too many readers have news at once"));
            }
        }

        @Override
        public void run() {
            synchronized (this) {
                if (finished) {
                    return;
                }
            }
            try {
                List<LogEntry> entries = read.get();
                if (!entries.isEmpty()) {
                    finish(new Items<>(entries));
                }
            } catch (RuntimeException e) {
                finish(e);
            }
        }

        void finish(Object answer) {
            synchronized (this) {
                if (finished) {
                    return;
                }
                finished = true;
                registration.close();
                timeout.close();
            }
            waiters.remove(this);
            place.leave();
            if (answer instanceof Throwable failure) {
                response.resume(failure);
            } else {
                response.resume(answer);
            }
        }
    }
}
