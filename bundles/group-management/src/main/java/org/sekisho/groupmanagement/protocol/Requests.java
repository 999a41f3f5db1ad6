// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.List;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.codec.CborReader;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Renewal;
import org.sekisho.groupmanagement.wire.Strict;

/**
 * What an application may ask a member's instance: {@code invite} [leaf, canInvite, ttlSeconds], {@code accept} [invitation,
 * acceptance], {@code remove} [leaf...], {@code leave} [], {@code rotate} [], {@code renew} [].
 */
final class Requests {

    private static final int MAX_ARGS = 40 * Policy.MAX_MEMBERS;

    private Requests() {}

    static void handle(Draft<MemberState> draft, String name, Octets args) {
        if (name.equals("accept")) {
            JoinRequest.again(draft, args);
            return;
        }
        Draft.require(
                draft.state.phase() == MemberState.Phase.MEMBER
                        && draft.ctx.epoch().isPresent(),
                ErrorCode.EPOCH_UNAVAILABLE,
                "not in an epoch yet");
        switch (name) {
            case "invite" -> Invitations.invite(draft, args);
            case "remove" -> remove(draft, args);
            case "leave" -> leave(draft);
            case "rotate" -> rotate(draft);
            case "renew" -> renew(draft);
            default -> Draft.require(false, ErrorCode.NOT_FOUND, "no such request");
        }
    }

    private static void remove(Draft<MemberState> draft, Octets args) {
        List<LeafId> leaves =
                Strict.decode("leaves to remove", args, MAX_ARGS, r -> r.list(Policy.MAX_MEMBERS, CborReader::leafId));
        Roster roster = MemberSide.targetRoster(draft.ctx);
        LeafId self = MemberSide.self(draft.ctx);
        Draft.require(!leaves.isEmpty(), ErrorCode.MALFORMED, "nobody to remove");
        for (LeafId leaf : leaves) {
            Draft.require(roster.contains(leaf), ErrorCode.NOT_A_MEMBER, "not in the group: " + leaf);
            Draft.require(!leaf.equals(self), ErrorCode.POLICY_VIOLATION, "to withdraw oneself is: leave");
        }
        boolean may = mine(draft).map(Rosters::mayRotate).orElse(false) || Rosters.selfWithdrawal(self, leaves);
        Draft.require(may, ErrorCode.POLICY_VIOLATION, "no right to remove");
        requireAdminStays(roster, Set.copyOf(leaves));
        Changes.add(draft, new Change.Remove(leaves));
    }

    private static void leave(Draft<MemberState> draft) {
        Roster roster = MemberSide.targetRoster(draft.ctx);
        Octets member = MemberSide.self(draft.ctx).memberId();
        var leaving = roster.entries().stream()
                .map(RosterEntry::leaf)
                .filter(l -> l.memberId().equals(member))
                .collect(java.util.stream.Collectors.toSet());
        requireAdminStays(roster, leaving);
        Changes.add(draft, new Change.Leave());
    }

    private static void rotate(Draft<MemberState> draft) {
        boolean may = mine(draft).map(Rosters::mayRotate).orElse(false);
        Draft.require(may, ErrorCode.POLICY_VIOLATION, "no right to rotate RN1");
        Changes.add(draft, new Change.Rotate());
    }

    private static void renew(Draft<MemberState> draft) {
        long epoch = draft.ctx.epoch().orElseThrow().header().epoch();
        draft.send(Party.SERVER, MessageType.RENEW, new Renewal(draft.ctx.group(), epoch).encode());
    }

    private static void requireAdminStays(Roster roster, Set<LeafId> leaving) {
        boolean stays = roster.entries().stream()
                .anyMatch(e -> e.rights().contains(Right.ADMIN) && !leaving.contains(e.leaf()));
        Draft.require(stays, ErrorCode.POLICY_VIOLATION, "at least one administrator remains");
    }

    /** The own entry of the committed roster: a proposal lends no rights. */
    static java.util.Optional<RosterEntry> mine(Draft<MemberState> draft) {
        return draft.ctx.roster().roster().entry(MemberSide.self(draft.ctx));
    }
}
