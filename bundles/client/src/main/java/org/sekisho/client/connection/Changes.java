// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets callers wait until something they look at has changed. */
final class Changes {

    private static final long LOOK_AGAIN = 200;

    private final Object monitor = new Object();

    void announce() {
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }

    /** Looks until there is something, or {@code most} has passed, or the thread is interrupted. */
    <T> Optional<T> await(Duration most, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            Optional<T> found = look.get();
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (found.isPresent() || left <= 0) {
                return found;
            }
            try {
                synchronized (monitor) {
                    // a change between the look and this wait costs at most LOOK_AGAIN
                    monitor.wait(Math.min(left, LOOK_AGAIN));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return look.get();
            }
        }
    }
}
