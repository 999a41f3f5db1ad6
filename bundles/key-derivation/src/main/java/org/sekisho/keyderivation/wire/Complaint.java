// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.codec.Cbor;

/** {@code [1, i, ctxHash, reason]}: this leaf took part and cannot have the key. */
public record Complaint(int index, Hash ctxHash, Reason reason) {

    /** What is wrong. The ordinals are on the wire. */
    public enum Reason {
        /** A neighbour's point is of small order. */
        POINT,
        /** The mask does not open: an edge, T or P is wrong. */
        MASK,
        /** The mask opens to something the representative did not commit to. */
        COMMITMENT,
        /** The server's part does not open. */
        SERVER_PART
    }

    private static final Reason[] REASONS = Reason.values();
    private static final int MAX_SIZE = 64;

    public Octets encode() {
        return Cbor.encode(1, index, ctxHash, reason.ordinal());
    }

    public static Complaint decode(Octets encoded) {
        return Strict.decode("complaint", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            return new Complaint(
                    (int) r.uint(Policy.MAX_MEMBERS - 1), r.hash(), REASONS[(int) r.uint(REASONS.length - 1)]);
        });
    }
}
