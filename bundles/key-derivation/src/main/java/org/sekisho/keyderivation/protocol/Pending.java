// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.keyderivation.wire.Strict;

/**
 * Member: the secrets of the present epoch, of the attempt that runs, and of the epoch that waits for its commit, each under its
 * own key.
 */
final class Pending {

    static final String RS = "rs";
    static final String K2 = "k2";
    static final String LEFT = "hl";
    static final String RIGHT = "hr";

    /** Of the attempt: drawn for D1. */
    static final String R = "run/r";

    static final String K = "run/k";
    static final String S = "run/s";

    /** Of the attempt: what is shared with the neighbours. */
    static final String X_LEFT = "run/xl";

    static final String X_RIGHT = "run/xr";

    private static final String RUN = "run/";
    private static final String NEXT = "next/";
    private static final String NEXT_HEADER = "next/header";
    private static final int VERSION = 1;

    private Pending() {}

    /**
     * The epoch that waits.
     *
     * @param left neighbours after it
     */
    record Next(EpochHeader header, Hash ringHash, boolean solo, Optional<LeafId> left, Optional<LeafId> right) {}

    /** All of the attempt and of what waits: nothing of one attempt is there in the next. */
    static void discard(Draft<MemberState> draft) {
        draft.deleteAll(RUN);
        draft.deleteAll(NEXT);
        draft.cancel(CommitHandler.TIMER);
    }

    static void endRun(Draft<MemberState> draft) {
        draft.deleteAll(RUN);
    }

    /** Keeps what the commit of {@code next} makes the present. Takes over nothing. */
    static void keep(
            Draft<MemberState> draft,
            Next next,
            SecretBytes rs,
            SecretBytes k2,
            Optional<SecretBytes> left,
            Optional<SecretBytes> right) {
        draft.put(
                NEXT_HEADER,
                Cbor.encode(
                        VERSION,
                        EpochCodec.encode(next.header()),
                        next.ringHash(),
                        next.solo(),
                        next.left(),
                        next.right()));
        Secrets.put(draft, NEXT + RS, rs);
        Secrets.put(draft, NEXT + K2, k2);
        left.ifPresent(h -> Secrets.put(draft, NEXT + LEFT, h));
        right.ifPresent(h -> Secrets.put(draft, NEXT + RIGHT, h));
    }

    static Optional<Next> next(Draft<MemberState> draft) {
        return draft.part(NEXT_HEADER).map(Pending::decode);
    }

    /** The commit of what waits: it is the present now, and what was before is erased. */
    static void install(Draft<MemberState> draft) {
        for (String key : new String[] {RS, K2, LEFT, RIGHT}) {
            Secrets.move(draft, NEXT + key, key);
        }
        discard(draft);
    }

    /** Nothing that is left opens anything any more. */
    static void erase(Draft<MemberState> draft) {
        discard(draft);
        for (String key : new String[] {RS, K2, LEFT, RIGHT}) {
            draft.delete(key);
        }
    }

    private static Next decode(Octets part) {
        return Strict.decode("pending epoch", part, 1024, r -> {
            r.struct(VERSION, 6);
            return new Next(
                    EpochCodec.decodeHeader(r.octets(EpochCodec.MAX_SIZE)),
                    r.hash(),
                    r.bool(),
                    r.optional(CborReader::leafId),
                    r.optional(CborReader::leafId));
        });
    }
}
