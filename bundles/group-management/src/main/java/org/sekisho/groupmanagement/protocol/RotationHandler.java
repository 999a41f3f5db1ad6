// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.membership.Rosters;

/** Member: a new RN1 without a new roster, seen through the group's log, the own ones too. */
final class RotationHandler {

    private RotationHandler() {}

    static void handle(Draft<MemberState> draft, LeafId from, Octets body, Optional<Octets> slice) {
        SignedRoster target = Rosters.target(draft.ctx);
        Rn1Line line = draft.state.line();
        boolean needed = line.needsRotation(draft.ctx.policy().deferRotation()) || missedWithdrawal(draft);
        RotationCheck.requireRight(needed, from, target.roster());
        Rotation rotation =
                RotationCheck.check(draft.ctx, Optional.of(line), from, body, target.roster(), Rosters.hash(target));
        draft.state = draft.state.with(line.rotate(rotation, false));
        Rotations.take(draft, rotation, slice);
        Belonging.of(draft).fulfilled(Belonging.ROTATE);
    }

    /**
     * A newcomer before its first epoch: its line begins with the roster that added it, after withdrawals it did not see, so only
     * the rosters tell it that somebody left. Whose line begins with the committed roster saw every step since.
     */
    private static boolean missedWithdrawal(Draft<MemberState> draft) {
        SignedRoster committed = draft.ctx.roster();
        return !draft.state.line().roster().equals(Rosters.hash(committed))
                && !committed
                        .roster()
                        .removedBy(MemberSide.targetRoster(draft.ctx))
                        .isEmpty();
    }
}
