// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Step;
import org.sekisho.keyderivation.protocol.Rosters.Change;
import org.sekisho.keyderivation.protocol.ServerState.Phase;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Wish;

/** The central server: relays, adds its part, decides who is asked; never learns a key. */
final class ServerSide {

    private final Timings timings;
    private final ServerSeam seam;

    ServerSide(Timings timings, ServerSeam seam) {
        this.timings = timings;
        this.seam = seam;
    }

    /** With an epoch present this takes over a running group: everybody who answers makes the first ring. */
    Step create(Ctx ctx) {
        try (var draft = new Draft<>(ctx, ServerState.fresh())) {
            draft.drawStatic();
            Attempts.begin(draft, timings);
            return draft.next();
        }
    }

    Step handle(Ctx ctx, ServerState state, Event event) {
        try (var draft = new Draft<>(ctx, state)) {
            handle(draft, event);
            return draft.next();
        }
    }

    private void handle(Draft<ServerState> draft, Event event) {
        if (event instanceof Event.Message message) {
            heard(draft, message);
        } else if (event instanceof Event.Timer timer) {
            if (!seam.timer(draft, timer.name())) {
                timer(draft, timer.name());
            }
        } else if (event instanceof Event.Request request) {
            if (!seam.request(draft, request)) {
                request(draft, request.name());
            }
        } else if (event instanceof Event.RosterAdopted adopted) {
            adopted(draft, adopted.roster());
            seam.adopted(draft, adopted.roster());
        } else if (event instanceof Event.CommitAccepted accepted) {
            CommitIntake.accepted(draft, timings, accepted.commit());
            seam.committed(draft, accepted.commit());
        } else if (event instanceof Event.Resume) {
            resume(draft);
            seam.resumed(draft);
        } else if (event instanceof Event.Abort) {
            abort(draft);
        }
    }

    private void heard(Draft<ServerState> draft, Event.Message m) {
        Draft.require(
                m.from() instanceof Party.Member, ErrorCode.WRONG_AUDIENCE, "the server takes messages from members");
        LeafId from = ((Party.Member) m.from()).leaf();
        Away.heard(draft, from);
        draft.state = draft.state.backedOff(0);
        if (!seam.message(draft, m)) {
            message(draft, from, m);
        }
        if (draft.state.phase() == Phase.PENDING) {
            Attempts.begin(draft, timings);
        }
    }

    private void message(Draft<ServerState> draft, LeafId from, Event.Message m) {
        switch (m.type()) {
            case MessageType.ROUND_1 -> RoundIntake.first(draft, timings, from, m.body());
            case MessageType.ROUND_2 -> RoundIntake.second(draft, timings, from, m.body());
            case MessageType.CONFIRM -> CommitTurns.confirmed(draft, from, m.body());
            case MessageType.COMPLAINT -> CommitTurns.complaint(draft, timings, from, m.body());
            case MessageType.PREKEYS -> WelcomeDesk.prekeys(draft, from, m.body());
            case MessageType.WELCOMES -> WelcomeDesk.welcomes(draft, from, m.body());
            case MessageType.WISH -> wish(draft, Wish.decode(m.body()));
            default -> Draft.require(false, ErrorCode.WRONG_AUDIENCE, "not a message for the server");
        }
    }

    /** A wish from an earlier epoch was fulfilled by the present one. */
    private void wish(Draft<ServerState> draft, Wish wish) {
        Draft.require(wish.op() == Op.UPDATE || wish.op() == Op.DIST, ErrorCode.POLICY_VIOLATION, "not for the asking");
        if (wish.epoch() == draft.epoch()) {
            want(draft, wish.op());
        }
    }

    private void want(Draft<ServerState> draft, Op op) {
        boolean more = draft.state.wish().isEmpty() || op == Op.DIST;
        if (draft.epoch() > 0 && more) {
            draft.state = draft.state.wishing(Optional.of(op));
            if (draft.state.phase() == Phase.IDLE) {
                Attempts.begin(draft, timings);
            }
        }
    }

    private void timer(Draft<ServerState> draft, String name) {
        switch (name) {
            case Attempts.TIMER -> RoundTimer.fired(draft, timings);
            case Attempts.RETRY -> {
                if (draft.state.phase() == Phase.PENDING) {
                    Away.forgetSilent(draft);
                    Attempts.begin(draft, timings);
                }
            }
            case CommitTurns.TIMER -> CommitTurns.next(draft, timings);
            case WelcomeDesk.TIMER -> WelcomeDesk.again(draft, timings);
            case CommitIntake.UPDATE_TIMER -> {
                want(draft, Op.UPDATE);
                draft.timer(CommitIntake.UPDATE_TIMER, draft.ctx.policy().rn2Interval());
            }
            case CommitIntake.REFRESH_TIMER -> {
                want(draft, Op.DIST);
                draft.timer(CommitIntake.REFRESH_TIMER, CommitIntake.refresh(draft, timings));
            }
            default -> {
                // a timer of an older version: nothing waits for it
            }
        }
    }

    private void request(Draft<ServerState> draft, String name) {
        switch (name) {
            case "renew" -> want(draft, Op.UPDATE);
            case "refresh" -> want(draft, Op.DIST);
            default -> Draft.require(false, ErrorCode.NOT_FOUND, "the server knows the requests renew and refresh");
        }
    }

    /** What was under way was for another roster. */
    private void adopted(Draft<ServerState> draft, SignedRoster roster) {
        Change change = Rosters.adopted(draft, draft.state.change(), roster.roster());
        draft.state = draft.state.with(change);
        WelcomeDesk.adopted(draft, draft.ctx.roster().roster(), roster.roster());
        Attempts.begin(draft, timings);
    }

    private void resume(Draft<ServerState> draft) {
        switch (draft.state.phase()) {
            case ROUND_1, ROUND_2, CONFIRM -> draft.timer(Attempts.TIMER, timings.quiet());
            case AWAIT_COMMIT -> draft.timer(CommitTurns.TIMER, CommitTurns.FIRST_PAUSE);
            case PENDING -> Attempts.begin(draft, timings);
            case IDLE -> {
                draft.timer(CommitIntake.UPDATE_TIMER, draft.ctx.policy().rn2Interval());
                long left = Math.max(1, draft.state.refreshAt() - draft.seconds());
                draft.timer(CommitIntake.REFRESH_TIMER, Duration.ofSeconds(left));
            }
        }
    }

    private static void abort(Draft<ServerState> draft) {
        Attempts.clear(draft);
        draft.cancel(WelcomeDesk.TIMER);
        draft.cancel(CommitIntake.UPDATE_TIMER);
        draft.cancel(CommitIntake.REFRESH_TIMER);
        draft.state = draft.state.ended();
    }
}
