// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.codec.Cbor;

/**
 * D5: {@code [1, i, ctxHash, headerHash, leafTag]}: this leaf has the key. Only it could say so (protocol note F28).
 *
 * @param index its place among the active leaves
 */
public record Confirmation(int index, Hash ctxHash, Hash headerHash, Octets leafTag) {

    private static final int MAX_SIZE = 160;

    public Octets encode() {
        return Cbor.encode(1, index, ctxHash, headerHash, leafTag);
    }

    public static Confirmation decode(Octets encoded) {
        return Strict.decode("D5", encoded, MAX_SIZE, r -> {
            r.struct(1, 5);
            return new Confirmation((int) r.uint(Policy.MAX_MEMBERS - 1), r.hash(), r.hash(), r.octetsOf(32));
        });
    }
}
