// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import java.time.Duration;

/** Not now; nothing happened. Retry the same after {@link #retryAfter()}. */
public final class UnavailableException extends SekishoException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public UnavailableException(ErrorCode code, String message) {
        this(code, message, Duration.ofSeconds(1));
    }

    public UnavailableException(ErrorCode code, String message, Duration retryAfter) {
        super(code, ErrorCode.Category.UNAVAILABLE, message);
        this.retryAfter = retryAfter;
    }

    /** At least one second. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
