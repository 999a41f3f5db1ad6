// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.groupmanagement.protocol.ServerState.Phase;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.membership.Rosters;

/** Server: a new RN1 without a new roster, because RN1 is old or because somebody withdrew. First come, first served. */
final class RotationIntake {

    private RotationIntake() {}

    static void handle(Draft<ServerState> draft, LeafId from, Octets body) {
        Draft.require(
                draft.state.phase() != Phase.AWAIT_COMMIT, ErrorCode.EPOCH_CONFLICT, "an epoch is being committed");
        SignedRoster target = Rosters.target(draft.ctx);
        RotationCheck.requireRight(
                draft.state.line().needsRotation(draft.ctx.policy().deferRotation()), from, target.roster());
        Rotation rotation = RotationCheck.check(
                draft.ctx, Optional.of(draft.state.line()), from, body, target.roster(), Rosters.hash(target));
        draft.state =
                draft.state.with(draft.state.line().rotate(rotation, false)).preferring(from);
        EpochOpening.openOrAwaitRotation(draft);
    }
}
