// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets requests through, except while endpoints are exchanged: then they wait instead of finding nothing. */
final class PublicationGate {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    void await() {
        lock.readLock().lock();
        lock.readLock().unlock();
    }

    void whileClosed(Runnable exchange) {
        lock.writeLock().lock();
        try {
            exchange.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
