// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * D2: {@code [1, ctxHash, sid, n, D1_0, signature]}; the neighbours' D1 are in the slices.
 *
 * @param first the representative's D1
 */
public record Neighbours(Hash ctxHash, Hash sid, int count, Signed first) {

    private static final int MAX_SIZE = 384;

    /**
     * One leaf's slice: {@code [1, i, D1|null, signature|null, D1|null, signature|null]}.
     *
     * @param left D1 of the leaf before; empty where that edge is not fresh
     * @param right D1 of the leaf after
     */
    public record Slice(int index, Optional<Signed> left, Optional<Signed> right) {

        public Octets encode() {
            var w = new CborWriter().array(6).integer(1).integer(index);
            write(w, left);
            write(w, right);
            return w.toOctets();
        }

        public static Slice decode(Octets encoded) {
            return Strict.decode("D2 slice", encoded, SignedEnvelope.MAX_SLICE, r -> {
                r.struct(1, 6);
                return new Slice((int) r.uint(Policy.MAX_MEMBERS - 1), read(r), read(r));
            });
        }

        private static void write(CborWriter w, Optional<Signed> signed) {
            signed.ifPresentOrElse(s -> s.write(w), () -> w.nil().nil());
        }

        private static Optional<Signed> read(CborReader r) {
            if (r.peek() == CborReader.Kind.NULL) {
                r.nil();
                r.nil();
                return Optional.empty();
            }
            return Optional.of(Signed.read(r, Commitment.MAX_SIZE));
        }
    }

    public Octets encode() {
        var w = new CborWriter().array(6).integer(1).bytes(ctxHash.value()).bytes(sid.value());
        first.write(w.integer(count));
        return w.toOctets();
    }

    public static Neighbours decode(Octets encoded) {
        return Strict.decode("D2", encoded, MAX_SIZE, r -> {
            r.struct(1, 6);
            return new Neighbours(
                    r.hash(), r.hash(), (int) r.integer(2, Policy.MAX_MEMBERS), Signed.read(r, Commitment.MAX_SIZE));
        });
    }
}
