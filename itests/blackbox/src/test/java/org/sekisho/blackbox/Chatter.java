// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.SekishoException;

/** One person talking without a pause until closed; keeps what the gateway acknowledged. */
final class Chatter implements AutoCloseable {

    private final Person person;
    private final GroupId group;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<SekishoException> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private static final AtomicInteger ALL = new AtomicInteger();
    private final int id = ALL.incrementAndGet();
    private final AtomicInteger number = new AtomicInteger();
    private final Thread thread;

    Chatter(Person person, GroupId group) {
        this.person = person;
        this.group = group;
        this.thread = new Thread(this::talk, "chatter " + person.name());
        thread.start();
    }

    private void talk() {
        while (running.get()) {
            String text = person.name() + " says number " + number.incrementAndGet() + " as chatter " + id;
            try {
                person.group(group).send(text);
                acknowledged.add(text);
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (SekishoException e) {
                if (e.code().category() != ErrorCode.Category.UNAVAILABLE
                        && e.code().category() != ErrorCode.Category.INDETERMINATE) {
                    refusals.add(e);
                }
            } catch (InterruptedException e) {
                running.set(false);
            }
        }
    }

    Queue<String> acknowledged() {
        return acknowledged;
    }

    /** Errors that a kill or a swap does not explain. */
    Queue<SekishoException> refusals() {
        return refusals;
    }

    @Override
    public void close() throws InterruptedException {
        running.set(false);
        thread.join();
    }
}
