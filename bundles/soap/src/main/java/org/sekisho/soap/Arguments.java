// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.RejectedException;

/** Parts of a message as values. What the contract demands and the message lacks is refused as malformed. */
final class Arguments {

    static final int MAX_CURSOR = 512;

    private Arguments() {}

    static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new RejectedException(ErrorCode.MALFORMED, "a part of the message is missing");
        }
        return part;
    }

    static Octets octets(@Nullable String text) {
        return Octets.ofBase64(required(text));
    }

    static String text(@Nullable String text) {
        return required(text);
    }

    static int limit(@Nullable Integer limit) {
        return limit == null ? Page.DEFAULT_LIMIT : Page.checkLimit(limit);
    }

    static long position(long n) {
        if (n < 0) {
            throw new RejectedException(ErrorCode.MALFORMED, "a position is 0 or more");
        }
        return n;
    }

    static java.util.Optional<String> cursor(@Nullable String cursor) {
        if (cursor != null && cursor.length() > MAX_CURSOR) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a cursor of this gateway");
        }
        return java.util.Optional.ofNullable(cursor);
    }

    /** Days and smaller only: how long a month is depends on when. */
    static Duration duration(javax.xml.datatype.@Nullable Duration duration) {
        try {
            return Duration.parse(required(duration).toString());
        } catch (DateTimeException e) {
            throw new RejectedException(
                    ErrorCode.MALFORMED, "a duration of days, hours, minutes and seconds is expected");
        }
    }
}
