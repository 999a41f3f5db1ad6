// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.keyderivation.protocol.Rosters.Change;

/**
 * Head of a member's instance: {@code [1, 0, phase, target, attempt, ringHash, left|null, right|null, held, heldAt, solo, tag|null,
 * removes, adds, run|null]}.
 *
 * @param target the epoch of the newest attempt accepted
 * @param attempt its number; lower ones are replays
 * @param left whose edge with this leaf comes before it in the ring
 * @param held the newest epoch whose key this leaf has had
 * @param heldAt second in which it got it
 * @param solo that epoch was made by one leaf alone
 * @param tag confirmation tag of the newest commit, while its key is not here
 * @param change what the rosters since that epoch did
 */
record MemberState(
        Phase phase,
        long target,
        long attempt,
        Hash ringHash,
        Optional<LeafId> left,
        Optional<LeafId> right,
        long held,
        long heldAt,
        boolean solo,
        Optional<Octets> tag,
        Change change,
        Optional<MemberRun> run)
        implements SideState {

    enum Phase {
        /** No attempt, or one that this leaf has no part in. */
        IDLE,
        /** D1 is sent. */
        ROUND_1,
        /** D3 is sent. */
        ROUND_2,
        /** Waits for what the active leaves make. */
        PASSIVE,
        /** Has the next epoch's key; waits for the commit. */
        KEYED,
        /** Removed or at the end; holds no secret any more. */
        GONE
    }

    private static final Phase[] PHASES = Phase.values();

    MemberState with(Phase next) {
        return new MemberState(next, target, attempt, ringHash, left, right, held, heldAt, solo, tag, change, run);
    }

    MemberState with(Change next) {
        return new MemberState(phase, target, attempt, ringHash, left, right, held, heldAt, solo, tag, next, run);
    }

    /** A newer attempt. */
    MemberState trying(long epoch, long number, Phase next, Optional<MemberRun> newRun) {
        return new MemberState(next, epoch, number, ringHash, left, right, held, heldAt, solo, tag, change, newRun);
    }

    MemberState in(Phase next, Optional<MemberRun> newRun) {
        return trying(target, attempt, next, newRun);
    }

    /** The key of {@code epoch} is here. */
    MemberState holding(
            long epoch, long at, boolean alone, Hash ring, Optional<LeafId> newLeft, Optional<LeafId> newRight) {
        return new MemberState(
                Phase.IDLE,
                target,
                attempt,
                ring,
                newLeft,
                newRight,
                epoch,
                at,
                alone,
                Optional.empty(),
                change,
                Optional.empty());
    }

    /** An epoch was committed without this leaf: its edges are of no use any more. */
    MemberState lost(Optional<Octets> awaitedTag) {
        return new MemberState(
                Phase.IDLE,
                target,
                attempt,
                ringHash,
                Optional.empty(),
                Optional.empty(),
                held,
                heldAt,
                false,
                awaitedTag,
                change,
                Optional.empty());
    }

    @Override
    public Octets encode() {
        return Cbor.encode(
                VERSION,
                MEMBER,
                phase.ordinal(),
                target,
                attempt,
                ringHash,
                left,
                right,
                held,
                heldAt,
                solo,
                tag,
                change.removes(),
                change.adds(),
                run.map(MemberRun::encode));
    }

    static MemberState read(CborReader r) {
        return new MemberState(
                PHASES[(int) r.uint(PHASES.length - 1)],
                r.uint(Long.MAX_VALUE),
                r.uint(Long.MAX_VALUE),
                r.hash(),
                r.optional(CborReader::leafId),
                r.optional(CborReader::leafId),
                r.uint(Long.MAX_VALUE),
                r.uint(Long.MAX_VALUE),
                r.bool(),
                r.optional(t -> t.octetsOf(32)),
                new Change(r.bool(), r.bool()),
                r.optional(o -> MemberRun.decode(o.octets(MemberRun.MAX_SIZE))));
    }
}
