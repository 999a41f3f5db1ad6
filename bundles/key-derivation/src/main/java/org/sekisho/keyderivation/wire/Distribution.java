// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.SigningKey;

/**
 * D4: {@code [1, ctxHash, sid, k', mask, H(D1_0), D1_0|null, signature|null, T_0|null]}.
 *
 * @param sum k'
 * @param firstHash hash of the representative's D1
 * @param passive what who did not take part in a JOIN needs
 */
public record Distribution(Hash ctxHash, Hash sid, Octets sum, Octets mask, Hash firstHash, Optional<Passive> passive) {

    private static final int MAX_SIZE = 640;
    private static final int SEALED = 80;

    /** The representative's D1 and T. */
    public record Passive(Signed first, Octets firstSum) {}

    /**
     * One leaf's slice: {@code [1, P|null, sealed K1]}.
     *
     * @param prefix P; empty for who did not take part
     */
    public record Slice(Optional<Octets> prefix, Octets sealed) {

        public Octets encode() {
            return Cbor.encode(1, prefix, sealed);
        }

        public static Slice decode(Octets encoded) {
            return Strict.decode("D4 slice", encoded, SignedEnvelope.MAX_SLICE, r -> {
                r.struct(1, 3);
                return new Slice(r.optional(p -> p.octetsOf(32)), r.octetsOf(SEALED));
            });
        }
    }

    public Octets encode() {
        return Cbor.encode(
                1,
                ctxHash,
                sid,
                sum,
                mask,
                firstHash,
                passive.map(p -> p.first().bytes()),
                passive.map(p -> p.first().signature()),
                passive.map(Passive::firstSum));
    }

    public static Distribution decode(Octets encoded) {
        return Strict.decode("D4", encoded, MAX_SIZE, r -> {
            r.struct(1, 9);
            return new Distribution(r.hash(), r.hash(), r.octetsOf(32), r.octetsOf(Opening.MASK), r.hash(), passive(r));
        });
    }

    private static Optional<Passive> passive(CborReader r) {
        if (r.peek() == CborReader.Kind.NULL) {
            r.nil();
            r.nil();
            r.nil();
            return Optional.empty();
        }
        var first = new Signed(r.octets(Commitment.MAX_SIZE), r.octetsOf(SigningKey.SIGNATURE_SIZE));
        return Optional.of(new Passive(first, r.octetsOf(32)));
    }
}
