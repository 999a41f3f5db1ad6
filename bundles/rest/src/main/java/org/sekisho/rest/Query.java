// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Page;
import org.sekisho.api.RejectedException;

/** Query parameters as values. What is not a number is refused as malformed, not treated as absent. */
final class Query {

    static final String FIRST = "0";
    static final String LIMIT = "50";

    /** Longest time a request may wait for news, in seconds. */
    static final int MAX_WAIT_SECONDS = 30;

    private static final int MAX_CURSOR = 512;

    private Query() {}

    /** A position in a log: 0 or more. */
    static long position(String text) {
        long n = number(text);
        if (n < 0) {
            throw new RejectedException(ErrorCode.MALFORMED, "a position is 0 or more");
        }
        return n;
    }

    /** A number that the service bounds: 0 or more. */
    static int count(String text) {
        return (int) Math.min(Integer.MAX_VALUE, position(text));
    }

    /** A position that must be there. */
    static long required(@Nullable String text) {
        if (text == null) {
            throw new RejectedException(ErrorCode.MALFORMED, "the epoch asked for is missing");
        }
        return position(text);
    }

    static int limit(String text) {
        return Page.checkLimit((int) Math.max(-1, Math.min(Integer.MAX_VALUE, number(text))));
    }

    static Duration wait(String text) {
        long seconds = number(text);
        if (seconds < 0 || seconds > MAX_WAIT_SECONDS) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "wait must be 0 to " + MAX_WAIT_SECONDS + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    static Optional<String> cursor(@Nullable String text) {
        if (text != null && text.length() > MAX_CURSOR) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a cursor of this gateway");
        }
        return Optional.ofNullable(text);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a whole number");
        }
    }
}
