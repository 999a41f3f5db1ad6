// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Effect;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.membership.wire.MessageType;
import org.sekisho.membership.wire.Notification;
import org.sekisho.membership.wire.Withdrawal;

/** Member: rosters that are announced, seen through the group's log, the own ones too. */
final class Announcements {

    private Announcements() {}

    static void handle(StepDraft draft, MemberScheme scheme, LeafId from, Octets body, Optional<Octets> slice) {
        Notification notification = Notification.decode(body);
        SignedRoster roster = RosterCodec.decodeSigned(notification.signedRoster());
        Hash hash = Rosters.hash(roster);
        if (scheme.knows(roster, hash)) {
            if (Rosters.follows(draft.ctx(), roster)) {
                Announced.check(draft.ctx(), from, notification);
                draft.effect(new Effect.AdoptRoster(roster));
            }
            return;
        }
        Announced announced = Announced.check(draft.ctx(), from, notification);
        draft.effect(new Effect.AdoptRoster(announced.roster()));
        scheme.announced(announced, slice);
        if (from.equals(draft.self())) {
            withdraw(draft, announced);
        }
        // What a leaf answered before it was removed must not bring it back.
        Invitations.drop(draft, announced.removed());
        Changes.drop(draft, announced.removed());
        Changes.settle(draft, scheme, announced);
    }

    private static void withdraw(StepDraft draft, Announced announced) {
        for (LeafId leaf : announced.removed()) {
            if (!announced.roster().roster().contains(leaf)
                    && !leaf.memberId().equals(draft.self().memberId())) {
                Octets body = new Withdrawal(draft.ctx().group(), announced.rosterHash(), leaf).encode();
                draft.send(new Party.Member(leaf), MessageType.WITHDRAW, body);
            }
        }
    }
}
