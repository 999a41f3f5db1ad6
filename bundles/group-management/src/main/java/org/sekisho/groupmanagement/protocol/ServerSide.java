// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Step;
import org.sekisho.groupmanagement.protocol.ServerState.Phase;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.membership.Rosters;

/** The Group Management Server (S0): knows who belongs to the group and makes RN2; never learns RN1. */
final class ServerSide {

    private ServerSide() {}

    static Step create(Ctx ctx) {
        Hash roster = Rosters.hash(Rosters.target(ctx));
        boolean founded =
                ctx.epoch().isEmpty() && ctx.roster().roster().entries().size() == 1;
        Rn1Line line = Rn1Line.from(founded ? 1 : 0, Optional.empty(), roster);
        long epoch = ctx.epoch().map(e -> e.header().epoch()).orElse(0L);
        var draft = new Draft<>(
                ctx,
                new ServerState(
                        Phase.IDLE, line, 0, epoch, Optional.empty(), Optional.empty(), 0, Optional.empty(), 0));
        EpochOpening.openOrAwaitRotation(draft);
        return draft.next();
    }

    static Step handle(Ctx ctx, ServerState state, Event event) {
        var draft = new Draft<>(ctx, state);
        if (event instanceof Event.Message message) {
            message(draft, message);
        } else if (event instanceof Event.Timer timer) {
            timer(draft, timer.name());
        } else if (event instanceof Event.Request request) {
            Draft.require(request.name().equals("renew"), ErrorCode.NOT_FOUND, "the server knows the request renew");
            RenewalIntake.renew(draft);
        } else if (event instanceof Event.RosterAdopted adopted) {
            AdoptionIntake.adopted(draft, adopted.roster());
        } else if (event instanceof Event.CommitAccepted accepted) {
            CommitIntake.accepted(draft, accepted.commit());
        } else if (event instanceof Event.Resume) {
            resume(draft);
        } else if (event instanceof Event.Abort) {
            draft.cancel(EpochOpening.RN2_TIMER);
            draft.cancel(SponsorTurns.TIMER);
        }
        return draft.next();
    }

    private static void message(Draft<ServerState> draft, Event.Message message) {
        Draft.require(
                message.from() instanceof Party.Member,
                ErrorCode.WRONG_AUDIENCE,
                "the server takes messages from members");
        LeafId from = ((Party.Member) message.from()).leaf();
        switch (message.type()) {
            case org.sekisho.membership.wire.MessageType.NOTIFY ->
                NotificationIntake.handle(draft, from, message.body());
            case MessageType.ROTATE -> RotationIntake.handle(draft, from, message.body());
            case MessageType.RENEW -> RenewalIntake.handle(draft, message.body());
            default -> Draft.require(false, ErrorCode.WRONG_AUDIENCE, "not a message for the server");
        }
    }

    private static void timer(Draft<ServerState> draft, String name) {
        if (name.equals(EpochOpening.RN2_TIMER)) {
            RenewalIntake.due(draft);
        } else if (name.equals(SponsorTurns.TIMER)) {
            SponsorTurns.next(draft);
        }
    }

    private static void resume(Draft<ServerState> draft) {
        switch (draft.state.phase()) {
            case IDLE -> RenewalIntake.arm(draft);
            case AWAIT_COMMIT -> draft.timer(SponsorTurns.TIMER, SponsorTurns.FIRST_PAUSE);
            case AWAIT_ROTATION -> {
                // Members count their own turns.
            }
        }
    }
}
