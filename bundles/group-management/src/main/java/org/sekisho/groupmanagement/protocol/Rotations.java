// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.crypto.ConstantTime;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.membership.Rosters;

/** Member: making a new RN1, taking another's, and when to make one. */
final class Rotations {

    /** Somebody left and did not make the new RN1: those who stay take turns. */
    static final String TURN_TIMER = "rotate";

    /** RN1 has been used for as long as the policy allows. */
    static final String AGE_TIMER = "rn1";

    private static final Duration LEAST_DELAY = Duration.ofSeconds(1);
    private static final Duration MOST_JITTER = Duration.ofMinutes(10);

    private Rotations() {}

    /** A rotation and RN1' sealed to everybody of its roster, the maker included: it learns RN1' through the log as well. */
    record Made(Rotation rotation, Map<LeafId, Octets> slices) {}

    static Made make(Draft<MemberState> draft, Roster roster, Hash rosterHash) {
        Ctx ctx = draft.ctx;
        long gen = draft.state.line().topGen() + 1;
        try (SecretBytes rn1 = SecretBytes.take(ctx.entropy().next(Formulas.SIZE))) {
            Hash commitment = Formulas.rn1Commitment(ctx.group(), gen, rn1);
            var rotation = new Rotation(
                    ctx.group(),
                    gen,
                    ctx.epoch().map(Ctx.EpochView::epochHash),
                    rosterHash,
                    MemberSide.self(ctx),
                    commitment);
            var slices = Sealing.forAll(roster, Formulas.SEAL_ROTATION, rotation::sealContext, rn1, ctx.entropy());
            return new Made(rotation, slices);
        }
    }

    /** Takes RN1' out of this leaf's slice. Without it this leaf waits for the next rotation, and the application is told. */
    static void take(Draft<MemberState> draft, Rotation rotation, Optional<Octets> slice) {
        Optional<SecretBytes> opened = open(draft.ctx, rotation, slice);
        if (opened.isPresent()) {
            try (SecretBytes rn1 = opened.get()) {
                Rn1Store.put(draft, rotation.rn1Gen(), rn1);
            }
        } else {
            draft.notice("rn1-missing", rotation.encode());
        }
        draft.state = draft.state.rotatedAt(MemberSide.seconds(draft.ctx));
        draft.cancel(TURN_TIMER);
        armAge(draft);
    }

    static Optional<SecretBytes> open(Ctx ctx, Rotation rotation, Optional<Octets> slice) {
        LeafId self = MemberSide.self(ctx);
        Optional<SecretBytes> opened =
                slice.flatMap(s -> ctx.open(Formulas.SEAL_ROTATION, rotation.sealContext(self), s));
        return opened.filter(rn1 -> committed(ctx, rotation.rn1Gen(), rn1, rotation.commitment()));
    }

    /** RN1 has 32 octets and is what the signed body committed to. */
    static boolean committed(Ctx ctx, long gen, SecretBytes rn1, Hash commitment) {
        if (rn1.size() != Formulas.SIZE) {
            return false;
        }
        Hash actual = Formulas.rn1Commitment(ctx.group(), gen, rn1);
        return ConstantTime.equal(actual.value(), commitment.value());
    }

    /** After a withdrawal: the first of those who stay at once, the others staggered until one did. */
    static void armTurn(Draft<MemberState> draft) {
        if (due(draft)) {
            List<LeafId> staying = MemberSide.targetRoster(draft.ctx).entries().stream()
                    .map(RosterEntry::leaf)
                    .toList();
            draft.timer(TURN_TIMER, Turns.delay(staying.indexOf(MemberSide.self(draft.ctx))));
        }
    }

    private static boolean due(Draft<MemberState> draft) {
        return draft.state.phase() == MemberState.Phase.MEMBER
                && draft.state.line().needsRotation(draft.ctx.policy().deferRotation());
    }

    static void myTurn(Draft<MemberState> draft) {
        Roster roster = MemberSide.targetRoster(draft.ctx);
        Hash hash = Rosters.hash(Rosters.target(draft.ctx));
        boolean upToDate = draft.state.line().target().equals(hash) && roster.contains(MemberSide.self(draft.ctx));
        if (due(draft) && upToDate) {
            Made made = make(draft, roster, hash);
            draft.send(MessageType.ROTATE, made.rotation().encode(), made.slices());
        }
        armTurn(draft);
    }

    /** Those who may rotate, the first when RN1's time is over, the others after it, in case it is away. */
    static void armAge(Draft<MemberState> draft) {
        List<LeafId> may = MemberSide.targetRoster(draft.ctx).entries().stream()
                .filter(Rosters::mayRemove)
                .map(RosterEntry::leaf)
                .toList();
        int turn = may.indexOf(MemberSide.self(draft.ctx));
        if (turn < 0 || draft.state.phase() != MemberState.Phase.MEMBER) {
            return;
        }
        Duration interval = draft.ctx.policy().rn1Interval();
        Duration tenth = interval.dividedBy(10);
        Duration jitter = tenth.compareTo(MOST_JITTER) < 0 ? tenth : MOST_JITTER;
        long used = MemberSide.seconds(draft.ctx) - draft.state.rn1Since();
        Duration left = interval.minusSeconds(used).plus(jitter.multipliedBy(turn));
        draft.timer(AGE_TIMER, left.compareTo(LEAST_DELAY) < 0 ? LEAST_DELAY : left);
    }

    static void tooOld(Draft<MemberState> draft) {
        long used = MemberSide.seconds(draft.ctx) - draft.state.rn1Since();
        if (used >= draft.ctx.policy().rn1Interval().toSeconds()
                && draft.ctx.epoch().isPresent()) {
            Belonging.of(draft).want(Belonging.ROTATE);
        } else {
            armAge(draft);
        }
    }
}
