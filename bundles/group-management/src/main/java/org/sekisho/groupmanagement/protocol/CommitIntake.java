// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.groupmanagement.protocol.ServerState.Phase;
import org.sekisho.groupmanagement.wire.Distribution;

/** Server: the open epoch was committed. */
final class CommitIntake {

    private CommitIntake() {}

    static void accepted(Draft<ServerState> draft, SignedCommit signed) {
        EpochHeader header = signed.commit().header();
        ServerState state = draft.state;
        Rn1Line line = state.line();
        if (state.open().filter(o -> o.header().equals(header)).isPresent()) {
            Distribution open = state.open().orElseThrow();
            line = line.committed(open.rn1Gen(), open.lastRn1Step(), open.rosterHash());
        }
        Phase next = line.needsRotation(draft.ctx.policy().deferRotation()) ? Phase.AWAIT_ROTATION : Phase.IDLE;
        var interval = draft.ctx.policy().rn2Interval();
        long renewal = draft.ctx.now().plus(interval).getEpochSecond();
        draft.state =
                state.committed(next, line, header.epoch(), signed.commit().sponsor(), renewal);
        draft.cancel(SponsorTurns.TIMER);
        draft.timer(EpochOpening.RN2_TIMER, interval);
    }
}
