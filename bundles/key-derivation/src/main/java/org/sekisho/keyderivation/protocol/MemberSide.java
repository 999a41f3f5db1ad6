// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Step;
import org.sekisho.keyderivation.protocol.MemberState.Phase;
import org.sekisho.keyderivation.protocol.Rosters.Change;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Wish;

/** A member: takes part in attempts, listens, or is welcomed. */
final class MemberSide {

    /** Protocol note F17: after this a device must not hold any more what opens the epochs it has not seen. */
    private static final Duration MAX_LAG = Duration.ofDays(30);

    private final MemberSeam seam;

    MemberSide(MemberSeam seam) {
        this.seam = seam;
    }

    Step create(Ctx ctx, Octets params) {
        var state = new MemberState(
                Phase.IDLE,
                0,
                0,
                KeyEquations.noRing(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                false,
                Optional.empty(),
                Change.NONE,
                Optional.empty());
        try (var draft = new Draft<>(ctx, state)) {
            draft.drawStatic();
            seam.created(draft, params);
            return draft.next();
        }
    }

    Step handle(Ctx ctx, MemberState state, Event event) {
        try (var draft = new Draft<>(ctx, state)) {
            if (state.phase() == Phase.GONE) {
                boolean asked = event instanceof Event.Message || event instanceof Event.Request;
                Draft.require(!asked, ErrorCode.NOT_A_MEMBER, "this leaf is not in the group any more");
                return draft.next();
            }
            forgetStale(draft);
            handle(draft, event);
            return draft.next();
        }
    }

    private void handle(Draft<MemberState> draft, Event event) {
        if (event instanceof Event.Message message) {
            if (!seam.message(draft, message)) {
                message(draft, message);
            }
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
            CommitHandler.accepted(draft, accepted.commit());
            seam.committed(draft, accepted.commit());
        } else if (event instanceof Event.Refused refused) {
            seam.refused(draft, refused);
        } else if (event instanceof Event.Resume) {
            resume(draft);
            seam.resumed(draft);
        } else if (event instanceof Event.Abort) {
            seam.ended(draft);
            end(draft);
        }
    }

    private static void message(Draft<MemberState> draft, Event.Message m) {
        Draft.require(m.from() instanceof Party.Server, ErrorCode.WRONG_AUDIENCE, "only the server sends this");
        switch (m.type()) {
            case MessageType.START -> StartHandler.handle(draft, m.body());
            case MessageType.ROUND_1_DONE -> NeighbourHandler.handle(draft, m.body(), m.slice());
            case MessageType.KEYS -> KeyHandler.handle(draft, m.body(), m.slice());
            case MessageType.UPDATE -> KeyHandler.update(draft, m.body(), m.slice());
            case MessageType.COMMIT -> CommitHandler.hint(draft, m.body());
            case MessageType.ABSENT -> WelcomeHandler.sponsor(draft, m.body());
            case MessageType.WELCOME -> WelcomeHandler.handle(draft, m.body());
            default -> Draft.require(false, ErrorCode.WRONG_AUDIENCE, "not a message for a member");
        }
    }

    private static void timer(Draft<MemberState> draft, String name) {
        if (name.equals(CommitHandler.TIMER)) {
            CommitHandler.myTurn(draft);
        } else if (name.equals(PrekeyStock.TIMER)) {
            PrekeyStock.send(draft);
        } else if (name.equals(PrekeyStock.LACKING)) {
            PrekeyStock.stillLacking(draft);
        }
    }

    /** {@code renew}: a new time frame; {@code refresh}: everything fresh. */
    private static void request(Draft<MemberState> draft, String name) {
        Draft.require(draft.ctx.epoch().isPresent(), ErrorCode.EPOCH_UNAVAILABLE, "not in an epoch yet");
        switch (name) {
            case "renew" -> wish(draft, Op.UPDATE);
            case "refresh" -> wish(draft, Op.DIST);
            default -> Draft.require(false, ErrorCode.NOT_FOUND, "no such request");
        }
    }

    private static void wish(Draft<MemberState> draft, Op op) {
        draft.send(Party.SERVER, MessageType.WISH, new Wish(draft.epoch(), op).encode());
    }

    /** Protocol note F4: every step counts, also one that a later step undoes. An attempt for another roster is over. */
    private static void adopted(Draft<MemberState> draft, SignedRoster roster) {
        Change change = Rosters.adopted(draft, draft.state.change(), roster.roster());
        Pending.discard(draft);
        draft.state = draft.state.in(Phase.IDLE, Optional.empty()).with(change);
    }

    private static void resume(Draft<MemberState> draft) {
        if (draft.state.phase() == Phase.KEYED) {
            CommitHandler.myTurn(draft);
        }
        if (draft.ctx.epoch().isPresent() && draft.ctx.roster().roster().contains(draft.self())) {
            PrekeyStock.send(draft);
        }
    }

    private static void forgetStale(Draft<MemberState> draft) {
        MemberState state = draft.state;
        boolean stale = state.held() > 0 && state.heldAt() + MAX_LAG.toSeconds() < draft.seconds();
        if (stale && draft.part(Pending.RS).isPresent()) {
            Pending.erase(draft);
            draft.state = new MemberState(
                    Phase.IDLE,
                    state.target(),
                    state.attempt(),
                    state.ringHash(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0,
                    false,
                    Optional.empty(),
                    state.change(),
                    Optional.empty());
        }
    }

    private static void end(Draft<MemberState> draft) {
        Pending.erase(draft);
        PrekeyStock.erase(draft);
        draft.state = draft.state.lost(Optional.empty()).with(Phase.GONE);
    }
}
