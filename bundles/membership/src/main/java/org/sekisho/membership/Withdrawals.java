// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.membership.wire.Withdrawal;

/** Member: somebody says that this leaf was removed (S0 figure 6). Told to the application; only a roster removes. */
final class Withdrawals {

    private Withdrawals() {}

    static void handle(StepDraft draft, LeafId from, Octets body) {
        Withdrawal withdrawal = Withdrawal.decode(body);
        boolean mine = withdrawal.group().equals(draft.ctx().group())
                && withdrawal.leaf().equals(draft.self());
        StepDraft.require(mine, ErrorCode.WRONG_AUDIENCE, "not for this leaf");
        boolean member = Rosters.target(draft.ctx()).roster().contains(from)
                || draft.ctx().roster().roster().contains(from);
        StepDraft.require(member, ErrorCode.NOT_A_MEMBER, "the sender is not in the group");
        draft.notice("withdraw", body);
    }
}
