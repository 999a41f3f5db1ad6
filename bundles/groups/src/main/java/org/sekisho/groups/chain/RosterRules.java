// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;

/**
 * Who may change what in a roster. The signer needs its right in the committed roster and still in the one it follows, so
 * neither a proposal that was never committed nor one that was overtaken lends any power (protocol note F16).
 */
public final class RosterRules {

    static final String LABEL = "roster";

    private RosterRules() {}

    /** Throws ROSTER_CONFLICT when {@code step} follows another roster; POLICY_VIOLATION, BAD_SIGNATURE or NOT_A_MEMBER. */
    public static void check(RosterStep step) {
        Roster link = step.link().roster();
        Roster next = step.next().roster();
        if (!next.group().equals(link.group())) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "a roster of another group");
        }
        if (next.seq() != link.seq() + 1 || !next.previous().equals(Optional.of(GroupHashes.of(step.link())))) {
            throw new ConflictException(ErrorCode.ROSTER_CONFLICT, "the newest roster has number " + link.seq());
        }
        RosterEntry signer = signer(step);
        SignatureCheck.require(
                signer.idKey(), LABEL, step.next().encoded(), step.next().signature());
        Change change = Change.of(link, next);
        checkRights(step, signer, change);
        checkShape(step, change);
    }

    private static RosterEntry signer(RosterStep step) {
        LeafId leaf = step.next().signer();
        RosterEntry committed = step.committed().roster().entry(leaf).orElseThrow(RosterRules::noMember);
        RosterEntry linked = step.link().roster().entry(leaf).orElseThrow(RosterRules::noMember);
        if (!committed.sameKeys(linked)) {
            throw noMember();
        }
        return committed;
    }

    private static void checkRights(RosterStep step, RosterEntry signer, Change change) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        rights.addAll(signer.rights());
        rights.retainAll(step.link().roster().entry(signer.leaf()).orElseThrow().rights());
        boolean allowed = rights.contains(Right.ADMIN)
                || change.onlyAdds() && rights.contains(Right.INVITE)
                || change.onlyRemoves() && (rights.contains(Right.REMOVE) || change.removesOnlyOf(signer.leaf()));
        if (!allowed) {
            throw violation("the signer may not take this step");
        }
        if (!rights.contains(Right.ADMIN) && change.onlyAdds()) {
            checkGranted(step, change);
        }
    }

    /** An inviter who is no administrator grants at most the right to invite, and that only if the policy passes it on. */
    private static void checkGranted(RosterStep step, Change change) {
        Set<Right> most = step.inForce().passOnInvite() ? Set.of(Right.INVITE) : Set.of();
        for (RosterEntry entry : change.added()) {
            if (!most.containsAll(entry.rights())) {
                throw violation("the signer may not grant these rights");
            }
        }
    }

    private static void checkShape(RosterStep step, Change change) {
        Roster next = step.next().roster();
        if (next.entries().size() > step.named().maxMembers()) {
            throw violation("more members than the policy allows");
        }
        if (step.named().version() < step.inForce().version()) {
            throw violation("the version of a policy only rises");
        }
        if (next.entries().stream().noneMatch(e -> e.rights().contains(Right.ADMIN))) {
            throw violation("at least one administrator remains");
        }
        for (RosterEntry entry : change.added()) {
            if (entry.joinedEpoch() != step.epoch() + 1) {
                throw violation("a new leaf joins with the next epoch");
            }
        }
    }

    private static RejectedException violation(String why) {
        return new RejectedException(ErrorCode.POLICY_VIOLATION, why);
    }

    private static RuntimeException noMember() {
        return new org.sekisho.api.DeniedException(ErrorCode.NOT_A_MEMBER, "the signer is not in the committed roster");
    }

    /** What differs between two rosters. A leaf with new keys counts as removed and added (protocol note F4). */
    private record Change(List<RosterEntry> added, List<RosterEntry> removed, boolean other) {

        static Change of(Roster link, Roster next) {
            boolean other = !next.policyHash().equals(link.policyHash());
            for (RosterEntry kept : next.entries()) {
                other |= link.entry(kept.leaf())
                        .filter(before -> before.sameKeys(kept) && !before.equals(kept))
                        .isPresent();
            }
            return new Change(entries(next, link.addedBy(next)), entries(link, link.removedBy(next)), other);
        }

        private static List<RosterEntry> entries(Roster roster, List<LeafId> leaves) {
            return leaves.stream().map(l -> roster.entry(l).orElseThrow()).toList();
        }

        boolean onlyAdds() {
            return !added.isEmpty() && removed.isEmpty() && !other;
        }

        boolean onlyRemoves() {
            return added.isEmpty() && !removed.isEmpty() && !other;
        }

        boolean removesOnlyOf(LeafId leaf) {
            return removed.stream().allMatch(e -> e.leaf().memberId().equals(leaf.memberId()));
        }
    }
}
