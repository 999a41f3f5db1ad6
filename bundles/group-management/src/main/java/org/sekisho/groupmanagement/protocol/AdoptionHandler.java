// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.Hash;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.groupmanagement.protocol.MemberState.Phase;
import org.sekisho.membership.Rosters;

/** Member: the host has adopted a roster as the proposal. */
final class AdoptionHandler {

    private AdoptionHandler() {}

    static void adopted(Draft<MemberState> draft, SignedRoster roster) {
        Hash hash = Rosters.hash(roster);
        boolean joining = draft.state.phase() == Phase.JOINING;
        if (!roster.roster().contains(MemberSide.self(draft.ctx))) {
            if (joining && !JoinLog.wasAdded(draft)) {
                // Not in any roster yet: this one is not about this leaf.
                return;
            }
            // Every later epoch is for others: RN1 is of no use here any more.
            end(draft);
            draft.notice("removed", hash.value());
            return;
        }
        if (!joining && !draft.state.line().knows(hash)) {
            Rn1Line before = draft.state.line();
            boolean removes =
                    !draft.ctx.roster().roster().removedBy(roster.roster()).isEmpty();
            draft.state = draft.state.with(before.join(draft.ctx.group(), hash, removes));
            Rn1Store.stepOn(draft, before.topGen());
            Rotations.armTurn(draft);
        }
    }

    /** Erases every secret and forgets what was asked for. */
    static void end(Draft<MemberState> draft) {
        Rn1Store.eraseAll(draft);
        JoinLog.forget(draft);
        Belonging.of(draft).end();
        draft.cancel(CommitHandler.SPONSOR_TIMER);
        draft.cancel(Rotations.TURN_TIMER);
        draft.cancel(Rotations.AGE_TIMER);
        draft.state = draft.state.with(Phase.GONE);
    }
}
