// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.groupmanagement.wire.Rotation;

/** Member: a new RN1 without a new roster, seen through the group's log, the own ones too. */
final class RotationHandler {

    private RotationHandler() {}

    static void handle(Draft<MemberState> draft, LeafId from, Octets body, Optional<Octets> slice) {
        SignedRoster target = Rosters.target(draft.ctx);
        Rn1Line line = draft.state.line();
        // A newcomer's line begins after a withdrawal it did not see: the rosters tell that somebody left.
        boolean somebodyLeft =
                !draft.ctx.roster().roster().removedBy(target.roster()).isEmpty();
        boolean needed = line.needsRotation(draft.ctx.policy().deferRotation()) || somebodyLeft;
        RotationIntake.requireRight(needed, from, target.roster());
        Rotation rotation = Announced.checkRotation(
                draft.ctx, Optional.of(line), from, body, target.roster(), Rosters.hash(target));
        draft.state = draft.state.with(line.rotate(rotation, false));
        Rotations.take(draft, rotation, slice);
        Changes.settleRotation(draft);
    }
}
