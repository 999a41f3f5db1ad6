// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Notification;
import org.sekisho.groupmanagement.wire.Withdrawal;

/** Member: group member notification, seen through the group's log, the own ones too. */
final class NotificationHandler {

    private NotificationHandler() {}

    static void handle(Draft<MemberState> draft, LeafId from, Octets body, Optional<Octets> slice) {
        Ctx ctx = draft.ctx;
        Notification notification = Notification.decode(body);
        if (adoptKnown(draft, notification)) {
            return;
        }
        Rn1Line line = draft.state.line();
        Announced announced = Announced.check(ctx, Optional.of(line), from, notification);
        draft.state = draft.state.with(announced.applyTo(ctx, line));
        announced
                .rotation()
                .ifPresentOrElse(
                        rotation -> Rotations.take(draft, rotation, slice), () -> stepOn(draft, line.topGen()));
        draft.effect(new Effect.AdoptRoster(announced.roster()));
        if (from.equals(MemberSide.self(ctx))) {
            withdraw(draft, announced);
        }
        // What a leaf answered before it was removed must not bring it back.
        Invitations.drop(draft, announced.removed());
        Changes.drop(draft, announced.removed());
        Changes.settle(draft, announced.roster(), from);
        Rotations.armTurn(draft);
    }

    /** A newcomer's RN1 may be ahead of the log: the roster it belongs to takes no second step. */
    private static boolean adoptKnown(Draft<MemberState> draft, Notification notification) {
        SignedRoster roster = RosterCodec.decodeSigned(notification.signedRoster());
        boolean known = draft.state.line().knows(Rosters.hash(roster));
        if (known && follows(draft.ctx, roster)) {
            draft.effect(new Effect.AdoptRoster(roster));
        }
        return known;
    }

    static boolean follows(Ctx ctx, SignedRoster roster) {
        SignedRoster target = Rosters.target(ctx);
        return roster.roster().seq() == target.roster().seq() + 1
                && roster.roster()
                        .previous()
                        .filter(Rosters.hash(target)::equals)
                        .isPresent();
    }

    /** 0038 section 3.2: the public one-way step, where this leaf has RN1. */
    static void stepOn(Draft<MemberState> draft, long from) {
        Rn1Line line = draft.state.line();
        Optional<SecretBytes> before = from == 0 ? Optional.empty() : Rn1Store.get(draft, from);
        if (before.isPresent()) {
            try (SecretBytes rn1 = before.get();
                    SecretBytes next = Formulas.joinStep(rn1, draft.ctx.group(), line.topGen(), line.target())) {
                Rn1Store.put(draft, line.topGen(), next);
            }
        }
    }

    private static void withdraw(Draft<MemberState> draft, Announced announced) {
        LeafId self = MemberSide.self(draft.ctx);
        for (LeafId leaf : announced.removed()) {
            if (!announced.roster().roster().contains(leaf) && !leaf.memberId().equals(self.memberId())) {
                Octets body = new Withdrawal(draft.ctx.group(), announced.rosterHash(), leaf).encode();
                draft.send(new Party.Member(leaf), MessageType.WITHDRAW, body);
            }
        }
    }
}
