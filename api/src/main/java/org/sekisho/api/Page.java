// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import java.util.List;
import java.util.Optional;

/**
 * Some of a list, in its order.
 *
 * @param items what was found, at most as many as asked for
 * @param next opaque cursor of the next page; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** Items of a page when the caller does not say. */
    public static final int DEFAULT_LIMIT = 50;

    /** Most items of a page. */
    public static final int MAX_LIMIT = 500;

    public Page {
        items = List.copyOf(items);
    }

    /** Checks a limit that came from outside. */
    public static int checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "limit must be 1 to " + MAX_LIMIT);
        }
        return limit;
    }
}
