// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.codec.CborReader;
import org.sekisho.membership.wire.Strict;

/** What an application may ask of membership, see {@link Membership#request}. */
final class Requests {

    private static final int MAX_ARGS = 40 * Policy.MAX_MEMBERS;

    private Requests() {}

    static boolean handle(StepDraft draft, MemberScheme scheme, String name, Octets args) {
        switch (name) {
            case "accept" -> {
                StepDraft.require(!scheme.speaks(), ErrorCode.ALREADY_EXISTS, "in the group already");
                JoinRequest.send(draft, args);
            }
            case "invite" -> {
                requireInside(draft, scheme);
                Invitations.invite(draft, args);
            }
            case "remove" -> {
                requireInside(draft, scheme);
                remove(draft, scheme, args);
            }
            case "policy" -> {
                requireInside(draft, scheme);
                boolean may = mine(draft)
                        .filter(e -> e.rights().contains(Right.ADMIN))
                        .isPresent();
                StepDraft.require(may, ErrorCode.POLICY_VIOLATION, "no right to change the rules");
                Hash policy = Strict.decode("policy hash", args, 64, r -> {
                    r.arrayOf(1);
                    return r.hash();
                });
                Changes.add(draft, scheme, new Change.Rules(policy));
            }
            case "leave" -> {
                requireInside(draft, scheme);
                leave(draft, scheme);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void requireInside(StepDraft draft, MemberScheme scheme) {
        boolean inside = scheme.speaks() && draft.ctx().epoch().isPresent();
        StepDraft.require(inside, ErrorCode.EPOCH_UNAVAILABLE, "not in an epoch yet");
    }

    private static void remove(StepDraft draft, MemberScheme scheme, Octets args) {
        List<LeafId> leaves =
                Strict.decode("leaves to remove", args, MAX_ARGS, r -> r.list(Policy.MAX_MEMBERS, CborReader::leafId));
        Roster roster = Rosters.target(draft.ctx()).roster();
        LeafId self = draft.self();
        StepDraft.require(!leaves.isEmpty(), ErrorCode.MALFORMED, "nobody to remove");
        for (LeafId leaf : leaves) {
            StepDraft.require(roster.contains(leaf), ErrorCode.NOT_A_MEMBER, "not in the group: " + leaf);
            StepDraft.require(!leaf.equals(self), ErrorCode.POLICY_VIOLATION, "to withdraw oneself is: leave");
        }
        boolean may = mine(draft).map(Rosters::mayRemove).orElse(false) || Rosters.selfWithdrawal(self, leaves);
        StepDraft.require(may, ErrorCode.POLICY_VIOLATION, "no right to remove");
        requireAdminStays(roster, Set.copyOf(leaves));
        Changes.add(draft, scheme, new Change.Remove(leaves));
    }

    private static void leave(StepDraft draft, MemberScheme scheme) {
        Roster roster = Rosters.target(draft.ctx()).roster();
        Octets member = draft.self().memberId();
        Set<LeafId> leaving = roster.entries().stream()
                .map(RosterEntry::leaf)
                .filter(l -> l.memberId().equals(member))
                .collect(Collectors.toSet());
        requireAdminStays(roster, leaving);
        Changes.add(draft, scheme, new Change.Leave());
    }

    private static void requireAdminStays(Roster roster, Set<LeafId> leaving) {
        boolean stays = roster.entries().stream()
                .anyMatch(e -> e.rights().contains(Right.ADMIN) && !leaving.contains(e.leaf()));
        StepDraft.require(stays, ErrorCode.POLICY_VIOLATION, "at least one administrator remains");
    }

    /** The own entry of the committed roster: a proposal lends no rights. */
    static Optional<RosterEntry> mine(StepDraft draft) {
        return draft.ctx().roster().roster().entry(draft.self());
    }
}
