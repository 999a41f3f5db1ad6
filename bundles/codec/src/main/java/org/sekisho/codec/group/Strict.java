// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.codec.MalformedException;

/** One way in and one way out for all codecs of this package, so that errors are the same everywhere. */
final class Strict {

    /** Last second of the year 9999, the latest time that is written. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private Strict() {}

    static <T> T decode(String what, Octets encoded, int maxSize, Function<CborReader, T> body) {
        Limit.atMost(what + " octets", encoded.size(), maxSize);
        try {
            var reader = new CborReader(encoded);
            T value = body.apply(reader);
            reader.end();
            return value;
        } catch (MalformedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, what + ": " + e.getMessage());
        }
    }

    static Octets encode(String what, Consumer<CborWriter> body) {
        try {
            var writer = new CborWriter();
            body.accept(writer);
            return writer.toOctets();
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.MALFORMED, what + ": " + e.getMessage());
        }
    }

    /** Requires exactly {@code size} octets where the record only bounds them. */
    static Octets sized(String what, Octets value, int size) {
        if (value.size() != size) {
            throw new RejectedException(ErrorCode.MALFORMED, what + " takes " + size + " octets");
        }
        return value;
    }

    static Instant time(CborReader reader) {
        return Instant.ofEpochSecond(reader.uint(MAX_SECONDS));
    }

    /** Whole seconds; a fraction is dropped. */
    static void time(CborWriter writer, Instant time) {
        writer.integer(Limit.atMost("seconds", time.getEpochSecond(), MAX_SECONDS));
    }
}
