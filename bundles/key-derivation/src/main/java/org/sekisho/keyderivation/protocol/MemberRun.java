// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Strict;

/**
 * What a member keeps of the attempt it is in: constant in size.
 *
 * @param index the own place among the active leaves; -1 for who only listens
 * @param first the representative
 * @param second in JOIN the tail, else the next leaf
 * @param before the neighbour to the left
 * @param after the neighbour to the right
 * @param first1 hash of the representative's D1, once known
 * @param commitment c of the representative, once known
 */
record MemberRun(
        Op op,
        Hash ctxHash,
        int count,
        int index,
        LeafId first,
        LeafId second,
        LeafId before,
        LeafId after,
        Edge left,
        Edge right,
        boolean audit,
        Optional<Hash> sid,
        Optional<Hash> first1,
        Optional<Hash> commitment) {

    static final int MAX_SIZE = 512;

    /** How an edge comes about. The ordinals are stored. */
    enum Edge {
        FRESH,
        REUSED,
        VIRTUAL
    }

    private static final Edge[] EDGES = Edge.values();
    private static final Op[] OPS = Op.values();

    boolean passive() {
        return index < 0;
    }

    /** Whether this leaf shows an R in its D1. */
    boolean shows() {
        return left == Edge.FRESH || right == Edge.FRESH || op == Op.JOIN;
    }

    /** Index of the edge to the left. */
    int leftEdge() {
        return Math.floorMod(index - 1, count);
    }

    MemberRun bound(Hash sessionId, Hash firstHash, Hash firstCommitment) {
        return new MemberRun(
                op,
                ctxHash,
                count,
                index,
                first,
                second,
                before,
                after,
                left,
                right,
                audit,
                Optional.of(sessionId),
                Optional.of(firstHash),
                Optional.of(firstCommitment));
    }

    Octets encode() {
        return Cbor.encode(
                op.ordinal(),
                ctxHash,
                count,
                index,
                first,
                second,
                before,
                after,
                left.ordinal(),
                right.ordinal(),
                audit,
                sid,
                first1,
                commitment);
    }

    static MemberRun decode(Octets encoded) {
        return Strict.decode("run", encoded, MAX_SIZE, r -> {
            r.arrayOf(14);
            return new MemberRun(
                    OPS[(int) r.uint(OPS.length - 1)],
                    r.hash(),
                    (int) r.integer(1, Policy.MAX_MEMBERS),
                    (int) r.integer(-1, Policy.MAX_MEMBERS),
                    r.leafId(),
                    r.leafId(),
                    r.leafId(),
                    r.leafId(),
                    EDGES[(int) r.uint(EDGES.length - 1)],
                    EDGES[(int) r.uint(EDGES.length - 1)],
                    r.bool(),
                    r.optional(CborReader::hash),
                    r.optional(CborReader::hash),
                    r.optional(CborReader::hash));
        });
    }
}
