// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * D1: {@code [1, ctxHash, leafId, R|null, c]}, signed with the label {@link #LABEL}.
 *
 * @param point R; empty where no edge of the leaf is fresh
 * @param commitment to k and s
 */
public record Commitment(Hash ctxHash, LeafId leaf, Optional<Octets> point, Hash commitment) {

    public static final String LABEL = "dmkd 1";
    public static final int MAX_SIZE = 160;

    public Octets encode() {
        return Cbor.encode(1, ctxHash, leaf, point, commitment);
    }

    public static Commitment decode(Octets encoded) {
        return Strict.decode("D1", encoded, MAX_SIZE, r -> {
            r.struct(1, 5);
            return new Commitment(r.hash(), r.leafId(), r.optional(Commitment::point), r.hash());
        });
    }

    private static Octets point(CborReader r) {
        return r.octetsOf(32);
    }
}
