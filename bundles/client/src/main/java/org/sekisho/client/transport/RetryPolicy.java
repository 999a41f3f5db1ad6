// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;

/**
 * When and how a request is sent again: only after Unavailable and Indeterminate, which is safe because every submission is
 * idempotent (same bytes, same identity). Full jitter; a Retry-After is a lower bound.
 *
 * @param budget time after which the last error is thrown; zero: never again
 * @param first longest pause before the second attempt; doubled each time
 * @param longest longest pause
 */
public record RetryPolicy(Duration budget, Duration first, Duration longest) {

    /** Thirty seconds in all, from 100 ms to 5 s apart. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofSeconds(5));

    /** One attempt. */
    public static final RetryPolicy NEVER = new RetryPolicy(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1));

    public RetryPolicy {
        if (budget.isNegative() || first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("retry policy out of range");
        }
    }

    boolean allows(SekishoException failure) {
        return switch (failure.code().category()) {
            case UNAVAILABLE, INDETERMINATE -> true;
            case REJECTED, DENIED, NOT_FOUND, CONFLICT -> false;
        };
    }

    /** The pause after {@code failures} failures in a row, the last being {@code last}. */
    Duration pause(int failures, SekishoException last, RandomGenerator random) {
        long cap = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
        Duration jittered = Duration.ofMillis(random.nextLong(1, cap + 1));
        if (last instanceof UnavailableException unavailable && asked(unavailable)) {
            return unavailable.retryAfter().plus(jittered);
        }
        return jittered;
    }

    /** An unreachable gateway asked for nothing. */
    private static boolean asked(UnavailableException e) {
        return e.code() != ErrorCode.GATEWAY_UNREACHABLE;
    }
}
