// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.crypto.Sha256;
import org.sekisho.groupmanagement.protocol.MemberState.Phase;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.membership.Announced;
import org.sekisho.membership.MemberScheme;
import org.sekisho.membership.Membership;
import org.sekisho.membership.Rosters;
import org.sekisho.membership.wire.Attachment;

/** Member: what the two-random scheme does when the group changes. */
final class Belonging implements MemberScheme {

    /** Wish: make a new RN1. */
    static final String ROTATE = "rotate";

    private final Draft<MemberState> draft;

    private Belonging(Draft<MemberState> draft) {
        this.draft = draft;
    }

    static Membership of(Draft<MemberState> draft) {
        return new Membership(draft, new Belonging(draft));
    }

    @Override
    public boolean speaks() {
        return draft.state.phase() == Phase.MEMBER;
    }

    @Override
    public boolean preparing() {
        return draft.state.open().isPresent() || !draft.state.line().steps().isEmpty();
    }

    /** A newcomer's RN1 may be ahead of the log: the roster it belongs to takes no second step. */
    @Override
    public boolean knows(SignedRoster roster, Hash hash) {
        return draft.state.phase() == Phase.JOINING
                ? JoinLog.known(draft, hash)
                : draft.state.line().knows(hash);
    }

    @Override
    public Attached attach(Roster next, Hash hash, boolean removesOthers) {
        if (!removesOthers || draft.ctx.policy().deferRotation()) {
            return Attached.NOTHING;
        }
        Rotations.Made made = Rotations.make(draft, next, hash);
        return new Attached(
                Optional.of(new Attachment(Formulas.SCHEME_ID, made.rotation().encode())), made.slices());
    }

    @Override
    public void announced(Announced announced, Optional<Octets> slice) {
        if (draft.state.phase() == Phase.JOINING) {
            JoinLog.announced(draft, announced, rotation(draft.ctx, Optional.empty(), announced), slice);
            return;
        }
        Rn1Line line = draft.state.line();
        Optional<Rotation> rotation = rotation(draft.ctx, Optional.of(line), announced);
        draft.state = draft.state.with(step(draft.ctx, line, announced, rotation));
        rotation.ifPresentOrElse(r -> Rotations.take(draft, r, slice), () -> Rn1Store.stepOn(draft, line.topGen()));
        Rotations.armTurn(draft);
    }

    /** The rotation that came along, checked; without a {@code line}, as a newcomer has none, the generation is not. */
    static Optional<Rotation> rotation(Ctx ctx, Optional<Rn1Line> line, Announced announced) {
        Optional<Rotation> rotation = announced
                .attachedBy(Formulas.SCHEME_ID)
                .map(bytes -> RotationCheck.check(
                        ctx, line, announced.from(), bytes, announced.roster().roster(), announced.rosterHash()));
        // 0038 section 5.3: whoever leaves never makes the new RN1, so a withdrawal of oneself comes without.
        boolean withoutRotation =
                ctx.policy().deferRotation() || Rosters.selfWithdrawal(announced.from(), announced.removed());
        Draft.require(
                rotation.isPresent() || announced.removed().isEmpty() || withoutRotation,
                ErrorCode.POLICY_VIOLATION,
                "a removal needs a new RN1");
        return rotation;
    }

    static Rn1Line step(Ctx ctx, Rn1Line line, Announced announced, Optional<Rotation> rotation) {
        boolean removes = !announced.removed().isEmpty();
        return rotation.map(r -> line.rotate(r, removes))
                .orElseGet(() -> line.join(ctx.group(), announced.rosterHash(), removes));
    }

    @Override
    public void broughtIn(Newcomer newcomer) {
        TransferHandler.send(draft, newcomer);
    }

    @Override
    public Optional<Hash> turn(String wish) {
        if (!wish.equals(ROTATE)) {
            return Optional.empty();
        }
        SignedRoster target = Rosters.target(draft.ctx);
        Rotations.Made made = Rotations.make(draft, target.roster(), Rosters.hash(target));
        draft.send(MessageType.ROTATE, made.rotation().encode(), made.slices());
        return Optional.of(Sha256.hash(made.rotation().encode()));
    }
}
