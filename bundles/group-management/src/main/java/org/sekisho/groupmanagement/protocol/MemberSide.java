// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.Cbor;
import org.sekisho.groupmanagement.protocol.MemberState.Phase;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.membership.Rosters;

/** A member's end terminal (S0): shares RN1 with other members, takes RN2 from the server. */
final class MemberSide {

    private MemberSide() {}

    static Step create(Ctx ctx, Octets params) {
        Hash target = Rosters.hash(Rosters.target(ctx));
        Rn1Line unknown = Rn1Line.from(0, Optional.empty(), target);
        var draft = new Draft<>(ctx, new MemberState(Phase.MEMBER, unknown, 0, Optional.empty(), 0, seconds(ctx)));
        if (!params.isEmpty()) {
            draft.state = draft.state.with(Phase.JOINING);
            Belonging.of(draft).begin(params);
        } else if (ctx.epoch().isEmpty() && ctx.roster().roster().entries().size() == 1) {
            found(draft, target);
        } else {
            takeOver(draft);
        }
        return draft.next();
    }

    /** 0038 section 5.9: nobody has RN1 yet. Who ordered the switch makes it, others in their turn if it does not. */
    private static void takeOver(Draft<MemberState> draft) {
        LeafId self = self(draft.ctx);
        if (draft.ctx.takeover().isEmpty() && !draft.ctx.roster().roster().contains(self)) {
            // Invited under another scheme, which the group has left since: RN1 comes from the inviter.
            draft.state = draft.state.with(Phase.JOINING);
        } else if (draft.ctx.takeover().filter(t -> t.admin().equals(self)).isPresent()) {
            Rotations.myTurn(draft);
        } else {
            Rotations.armTurn(draft);
        }
        Belonging.of(draft).resume();
    }

    /** 0038 section 5.1: the founder makes RN1. */
    private static void found(Draft<MemberState> draft, Hash genesis) {
        draft.state = draft.state.with(Rn1Line.from(1, Optional.empty(), genesis));
        try (SecretBytes rn1 = SecretBytes.take(draft.ctx.entropy().next(Formulas.SIZE))) {
            Rn1Store.put(draft, 1, rn1);
        }
    }

    static Step handle(Ctx ctx, MemberState state, Event event) {
        var draft = new Draft<>(ctx, state);
        if (state.phase() == Phase.GONE) {
            boolean asked = event instanceof Event.Message || event instanceof Event.Request;
            Draft.require(!asked, ErrorCode.NOT_A_MEMBER, "this leaf is not in the group any more");
        } else if (event instanceof Event.Message message) {
            message(draft, message);
        } else if (event instanceof Event.Timer timer) {
            timer(draft, timer.name());
        } else if (event instanceof Event.Request request) {
            Requests.handle(draft, request.name(), request.args());
        } else if (event instanceof Event.RosterAdopted adopted) {
            AdoptionHandler.adopted(draft, adopted.roster());
        } else if (event instanceof Event.CommitAccepted accepted) {
            CommitHandler.accepted(draft, accepted.commit());
        } else if (event instanceof Event.Refused refused) {
            refused(draft, refused);
        } else if (event instanceof Event.Resume) {
            resume(draft);
        } else if (event instanceof Event.Abort) {
            AdoptionHandler.end(draft);
        }
        return draft.next();
    }

    private static void message(Draft<MemberState> draft, Event.Message m) {
        if (Belonging.of(draft).message(m)) {
            return;
        }
        boolean joining = draft.state.phase() == Phase.JOINING;
        switch (m.type()) {
            case MessageType.RN1 -> TransferHandler.handle(draft, sender(m), m.body());
            case MessageType.ROTATE -> {
                if (joining) {
                    JoinLog.rotation(draft, sender(m), m.body(), m.slice());
                } else {
                    RotationHandler.handle(draft, sender(m), m.body(), m.slice());
                }
            }
            case MessageType.RN2 -> {
                requireServer(m);
                if (joining) {
                    JoinLog.rn2(draft, m.body(), m.slice());
                } else {
                    DistributionHandler.handle(draft, m.body(), m.slice());
                }
            }
            case MessageType.SPONSOR -> {
                requireServer(m);
                CommitHandler.hint(draft, m.body());
            }
            default -> Draft.require(false, ErrorCode.WRONG_AUDIENCE, "not a message for a member");
        }
    }

    /** A turn's rotation that came too late is no news: somebody else's was taken. */
    private static void refused(Draft<MemberState> draft, Event.Refused refused) {
        if (!Belonging.of(draft).refused(refused) && !refused.type().equals(MessageType.ROTATE)) {
            draft.notice("refused", Cbor.encode(refused.type(), refused.code().name()));
        }
    }

    private static void requireServer(Event.Message message) {
        Draft.require(message.from() instanceof Party.Server, ErrorCode.WRONG_AUDIENCE, "only the server sends this");
    }

    private static LeafId sender(Event.Message message) {
        Draft.require(message.from() instanceof Party.Member, ErrorCode.WRONG_AUDIENCE, "only members send this");
        return ((Party.Member) message.from()).leaf();
    }

    private static void timer(Draft<MemberState> draft, String name) {
        if (Belonging.of(draft).timer(name)) {
            return;
        }
        switch (name) {
            case CommitHandler.SPONSOR_TIMER -> CommitHandler.commit(draft);
            case Rotations.TURN_TIMER -> Rotations.myTurn(draft);
            case Rotations.AGE_TIMER -> Rotations.tooOld(draft);
            case JoinLog.TIMER -> JoinLog.waitedLongEnough(draft);
            default -> {
                // A timer of an older version: nothing waits for it.
            }
        }
    }

    private static void resume(Draft<MemberState> draft) {
        draft.state.open().ifPresent(open -> CommitHandler.armTurn(draft));
        Rotations.armTurn(draft);
        Rotations.armAge(draft);
        Belonging.of(draft).resume();
    }

    static LeafId self(Ctx ctx) {
        return ctx.self().orElseThrow(() -> new IllegalStateException("a member instance has a leaf"));
    }

    static Roster targetRoster(Ctx ctx) {
        return Rosters.target(ctx).roster();
    }

    static long seconds(Ctx ctx) {
        return ctx.now().getEpochSecond();
    }
}
