// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import java.util.function.Function;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;

/** One way in for all layouts of this package: bounded, complete, one error. */
final class Strict {

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
}
