// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.scheme.Effect;
import org.sekisho.groupmanagement.wire.Distribution;
import org.sekisho.groupmanagement.wire.SponsorHint;
import org.sekisho.membership.Rosters;

/** Member: committing the pending epoch as its sponsor, and what follows when it was committed. */
final class CommitHandler {

    static final String SPONSOR_TIMER = "sponsor";

    private CommitHandler() {}

    /** The sponsor named commits at once, the others when it does not. Two commits of one header are the same epoch (F8). */
    static void begin(Draft<MemberState> draft, Distribution given) {
        if (given.sponsor().equals(MemberSide.self(draft.ctx))) {
            commit(draft);
        } else {
            armTurn(draft);
        }
    }

    static void armTurn(Draft<MemberState> draft) {
        List<LeafId> staying = Rosters.staying(draft.ctx.roster().roster(), MemberSide.targetRoster(draft.ctx));
        draft.timer(SPONSOR_TIMER, Turns.delay(staying.indexOf(MemberSide.self(draft.ctx))));
    }

    static void commit(Draft<MemberState> draft) {
        draft.state.open().ifPresent(open -> draft.effect(new Effect.Commit(open.header())));
    }

    /** The server asks another leaf. */
    static void hint(Draft<MemberState> draft, Octets body) {
        SponsorHint hint = SponsorHint.decode(body);
        Draft.require(hint.group().equals(draft.ctx.group()), ErrorCode.WRONG_AUDIENCE, "a hint for another group");
        boolean mine = draft.state
                .open()
                .filter(open -> draft.ctx.hash(open.header()).equals(hint.headerHash()))
                .isPresent();
        if (mine && hint.sponsor().equals(MemberSide.self(draft.ctx))) {
            commit(draft);
        }
    }

    static void accepted(Draft<MemberState> draft, SignedCommit signed) {
        if (draft.state.phase() == MemberState.Phase.JOINING) {
            JoinLog.committed(draft, signed.commit().header());
            return;
        }
        boolean mine = draft.state
                .open()
                .filter(open -> open.header().equals(signed.commit().header()))
                .isPresent();
        if (mine) {
            close(draft, draft.state.open().orElseThrow());
        }
        Belonging.of(draft).committed();
    }

    /** 0038 section 6: an RN1 that no future epoch can use is erased with the commit. */
    static void close(Draft<MemberState> draft, Distribution open) {
        Rn1Store.eraseBefore(draft, open.rn1Gen());
        Rn1Line line = draft.state.line().committed(open.rn1Gen(), open.lastRn1Step(), open.rosterHash());
        draft.state = draft.state.closed(line);
        draft.cancel(SPONSOR_TIMER);
        Rotations.armAge(draft);
    }
}
