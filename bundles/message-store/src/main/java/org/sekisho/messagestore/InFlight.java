// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.UnavailableException;

/**
 * The calls that are inside a component. Closing waits for them, so that none of them finds what it uses erased; calls that come
 * later, through a reference somebody still holds, are told to come again. Safe for many threads.
 */
final class InFlight {

    /** A call is bounded by the database's own time limits; one that is stuck for longer must not hold up a swap. */
    private static final long PATIENCE_SECONDS = 10;

    private final ReadWriteLock calls = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /** Runs one call; UNAVAILABLE (CAPABILITY_ABSENT) after {@link #close}. */
    <T> T call(Supplier<T> action) {
        if (!calls.readLock().tryLock()) {
            throw gone();
        }
        try {
            if (closed) {
                throw gone();
            }
            return action.get();
        } finally {
            calls.readLock().unlock();
        }
    }

    private static UnavailableException gone() {
        return new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "the message store is being restarted");
    }

    /** Lets no more calls in and waits for those inside; false when one of them did not end in time. */
    boolean close() {
        closed = true;
        try {
            if (calls.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                calls.writeLock().unlock();
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
