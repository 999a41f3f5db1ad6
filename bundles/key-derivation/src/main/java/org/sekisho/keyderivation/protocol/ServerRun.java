// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.List;
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
 * The attempt that the server runs; who is active is in pages, what they sent in a part each.
 *
 * @param got messages of this round so far
 * @param since milliseconds of 1970 when the round began
 * @param last when its newest message came
 * @param awaited the first of those who are waited for, to be shown
 * @param looked places of the ring before this are answered for, or awaited
 */
record ServerRun(
        Op op,
        Hash ctxHash,
        int count,
        LeafId first,
        boolean audit,
        Optional<Hash> sid,
        int got,
        long since,
        long last,
        List<LeafId> awaited,
        int looked) {

    static final int MAX_AWAITED = 8;
    static final int MAX_SIZE = 640;

    private static final Op[] OPS = Op.values();

    ServerRun {
        awaited = List.copyOf(awaited);
    }

    ServerRun heard(long now) {
        return new ServerRun(op, ctxHash, count, first, audit, sid, got + 1, since, now, awaited, looked);
    }

    ServerRun round(Optional<Hash> sessionId, long now) {
        return new ServerRun(op, ctxHash, count, first, audit, sessionId, 0, now, now, List.of(), 0);
    }

    ServerRun awaiting(List<LeafId> leaves, int next) {
        return new ServerRun(op, ctxHash, count, first, audit, sid, got, since, last, leaves, next);
    }

    Octets encode() {
        return Cbor.encode(op.ordinal(), ctxHash, count, first, audit, sid, got, since, last, awaited, looked);
    }

    static ServerRun decode(Octets encoded) {
        return Strict.decode("run", encoded, MAX_SIZE, r -> {
            r.arrayOf(11);
            return new ServerRun(
                    OPS[(int) r.uint(OPS.length - 1)],
                    r.hash(),
                    (int) r.integer(1, Policy.MAX_MEMBERS),
                    r.leafId(),
                    r.bool(),
                    r.optional(CborReader::hash),
                    (int) r.uint(Policy.MAX_MEMBERS),
                    r.uint(Long.MAX_VALUE),
                    r.uint(Long.MAX_VALUE),
                    r.list(MAX_AWAITED, CborReader::leafId),
                    (int) r.uint(Policy.MAX_MEMBERS));
        });
    }
}
