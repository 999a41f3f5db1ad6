// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.groupmanagement.wire.Distribution;

/**
 * Head of a member's instance: {@code [2, 0, phase, line, rn2Gen, open|null, nextKey, rn1Since]}.
 *
 * @param rn2Gen highest generation of RN2 accepted; lower ones are replays
 * @param open what made the pending epoch possible
 * @param nextKey number of the next early message kept in a part
 * @param rn1Since second in which the present RN1 was made or received
 */
record MemberState(Phase phase, Rn1Line line, long rn2Gen, Optional<Distribution> open, long nextKey, long rn1Since)
        implements SideState {

    enum Phase {
        /** Accepted an invitation, has no RN1 yet. */
        JOINING,
        MEMBER,
        /** Removed or at the end; holds no secret any more. */
        GONE
    }

    MemberState with(Phase next) {
        return new MemberState(next, line, rn2Gen, open, nextKey, rn1Since);
    }

    MemberState with(Rn1Line next) {
        return new MemberState(phase, next, rn2Gen, open, nextKey, rn1Since);
    }

    MemberState opened(Distribution next) {
        return new MemberState(phase, line, next.rn2Gen(), Optional.of(next), nextKey, rn1Since);
    }

    MemberState closed(Rn1Line after) {
        return new MemberState(phase, after, rn2Gen, Optional.empty(), nextKey, rn1Since);
    }

    MemberState joined(Rn1Line from, long since) {
        return new MemberState(Phase.MEMBER, from, rn2Gen, open, nextKey, since);
    }

    MemberState counted() {
        return new MemberState(phase, line, rn2Gen, open, nextKey + 1, rn1Since);
    }

    MemberState rotatedAt(long since) {
        return new MemberState(phase, line, rn2Gen, open, nextKey, since);
    }

    @Override
    public Octets encode() {
        return Cbor.encode(
                VERSION,
                MEMBER,
                phase.ordinal(),
                line.elements(),
                rn2Gen,
                open.map(Distribution::encode),
                nextKey,
                rn1Since);
    }

    static MemberState read(CborReader r) {
        return new MemberState(
                Phase.values()[(int) r.uint(Phase.values().length - 1)],
                Rn1Line.read(r),
                r.uint(Long.MAX_VALUE),
                r.optional(o -> Distribution.decode(o.octets(Distribution.MAX_SIZE))),
                r.uint(Long.MAX_VALUE),
                r.uint(Long.MAX_VALUE));
    }
}
