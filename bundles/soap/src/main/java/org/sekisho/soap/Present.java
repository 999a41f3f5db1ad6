// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.UnavailableException;

/** Turns a service that may come and go into one that is there for this call, or into an honest fault. */
final class Present {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private Present() {}

    static <T> T require(@Nullable T service, String name) {
        if (service == null) {
            throw new UnavailableException(ErrorCode.CAPABILITY_ABSENT, name + " is not there just now", RETRY_AFTER);
        }
        return service;
    }
}
