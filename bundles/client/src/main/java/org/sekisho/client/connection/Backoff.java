// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;

/** How long something that failed is left alone: doubled each time, with jitter. Belongs to one thread. */
final class Backoff {

    private static final long FIRST = 50;
    private static final long LONGEST = 3_000;
    private static final Duration HOPELESS = Duration.ofSeconds(30);

    private int failures;
    private long notBefore = System.nanoTime();

    boolean over() {
        return System.nanoTime() - notBefore >= 0;
    }

    void succeeded() {
        failures = 0;
        notBefore = System.nanoTime();
    }

    void failed(SekishoException why) {
        long cap = Math.min(LONGEST, FIRST << Math.min(failures++, 10));
        Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(cap / 2, cap + 1));
        if (why instanceof UnavailableException u && u.code() == ErrorCode.RATE_LIMITED) {
            pause = pause.plus(u.retryAfter());
        } else if (why.code().category() == ErrorCode.Category.DENIED) {
            pause = pause.plus(failures < 5 ? Duration.ZERO : HOPELESS);
        }
        notBefore = System.nanoTime() + pause.toNanos();
    }

    /** Something happened that may have changed matters. */
    void forget() {
        succeeded();
    }
}
