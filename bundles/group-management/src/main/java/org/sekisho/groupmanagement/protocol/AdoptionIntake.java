// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.Hash;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.membership.Rosters;

/** Server: the host has adopted a roster as the proposal. */
final class AdoptionIntake {

    private AdoptionIntake() {}

    static void adopted(Draft<ServerState> draft, SignedRoster roster) {
        Hash hash = Rosters.hash(roster);
        if (!draft.state.line().knows(hash)) {
            // Adopted on another way than by our own notification: one step as for any roster, here as at the members.
            boolean removes =
                    !draft.ctx.roster().roster().removedBy(roster.roster()).isEmpty();
            draft.state = draft.state.with(draft.state.line().join(draft.ctx.group(), hash, removes));
        }
        if (draft.state.line().target().equals(hash)) {
            EpochOpening.openOrAwaitRotation(draft);
        }
    }
}
