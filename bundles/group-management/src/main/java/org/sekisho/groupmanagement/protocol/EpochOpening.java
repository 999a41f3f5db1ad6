// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.LeafId;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.groupmanagement.protocol.ServerState.Phase;
import org.sekisho.groupmanagement.wire.Distribution;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.membership.Rosters;

/** A fresh RN2 for the next epoch, sealed to every leaf of its roster and forgotten. */
final class EpochOpening {

    static final String RN2_TIMER = "rn2";

    private EpochOpening() {}

    static void openOrAwaitRotation(Draft<ServerState> draft) {
        if (draft.state.line().needsRotation(draft.ctx.policy().deferRotation())) {
            // 0038 section 5.4: no RN2 before those who stayed have a new RN1.
            draft.state = draft.state.with(Phase.AWAIT_ROTATION);
            draft.cancel(SponsorTurns.TIMER);
        } else {
            open(draft);
        }
    }

    private static void open(Draft<ServerState> draft) {
        Ctx ctx = draft.ctx;
        try (SecretBytes rn2 = SecretBytes.take(ctx.entropy().next(Formulas.SIZE))) {
            Distribution given = distribution(draft, rn2);
            Roster roster = Rosters.target(ctx).roster();
            var slices = Sealing.forAll(roster, Formulas.SEAL_RN2, given::sealContext, rn2, ctx.entropy());
            draft.send(MessageType.RN2, given.encode(), slices);
            draft.effect(new Effect.OpenEpoch(given.header()));
            draft.timer(SponsorTurns.TIMER, SponsorTurns.FIRST_PAUSE);
            draft.state = draft.state.opened(given);
        }
    }

    private static Distribution distribution(Draft<ServerState> draft, SecretBytes rn2) {
        Ctx ctx = draft.ctx;
        Rn1Line line = draft.state.line();
        // 0038 section 4.2: strictly monotonic, whatever becomes of the epoch.
        long rn2Gen = draft.state.rn2Gen() + 1;
        SignedRoster target = Rosters.target(ctx);
        LeafId sponsor = SponsorTurns.first(draft);
        return new Distribution(
                ctx.group(),
                ctx.epoch().map(e -> e.header().epoch()).orElse(0L) + 1,
                rn2Gen,
                line.topGen(),
                Rosters.hash(target),
                target.roster().policyHash(),
                ctx.epoch().map(Ctx.EpochView::epochHash),
                Rosters.cohort(ctx),
                sponsor,
                Formulas.rn2Commitment(ctx.group(), rn2Gen, rn2),
                line.lastStep(),
                ctx.takeover().map(Ctx.Takeover::reinit));
    }
}
