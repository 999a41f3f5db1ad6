// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;

/**
 * {@code [1, epoch, op]}: a member asks for an UPDATE or a DIST.
 *
 * @param epoch the epoch the member is in; a wish from an earlier one has been fulfilled already
 */
public record Wish(long epoch, Op op) {

    private static final int MAX_SIZE = 32;

    public Octets encode() {
        return Cbor.encode(1, epoch, op.ordinal());
    }

    public static Wish decode(Octets encoded) {
        return Strict.decode("wish", encoded, MAX_SIZE, r -> {
            r.struct(1, 3);
            return new Wish(r.integer(1, Long.MAX_VALUE), Op.of(r.uint(Op.LAST)));
        });
    }
}
