// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.codec.Cbor;

/**
 * D3: {@code [1, ctxHash, sid, leafId, T, opening|null, edges|null]}, signed with the label {@link #LABEL}.
 *
 * @param sum T, the sum of the leaf's two edges
 * @param opening k and s (64 octets), or the representative's mask (80); empty in an audit
 * @param edges E of the left edge, then of the right one; only in an audit
 */
public record Opening(
        Hash ctxHash, Hash sid, LeafId leaf, Octets sum, Optional<Octets> opening, Optional<Octets> edges) {

    public static final String LABEL = "dmkd 3";
    public static final int PLAIN = 64;
    public static final int MASK = 80;
    public static final int MAX_SIZE = 384;

    public Octets encode() {
        return Cbor.encode(1, ctxHash, sid, leaf, sum, opening, edges);
    }

    public static Opening decode(Octets encoded) {
        return Strict.decode("D3", encoded, MAX_SIZE, r -> {
            r.struct(1, 7);
            var opening = new Opening(
                    r.hash(),
                    r.hash(),
                    r.leafId(),
                    r.octetsOf(32),
                    r.optional(o -> o.octets(MASK)),
                    r.optional(a -> a.octetsOf(64)));
            int size = opening.opening.map(Octets::size).orElse(PLAIN);
            if (size != PLAIN && size != MASK) {
                throw new RejectedException(ErrorCode.MALFORMED, "an opening of another length");
            }
            return opening;
        });
    }
}
