// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;

/** What members and server ask of rosters. */
public final class Rosters {

    private Rosters() {}

    public static Hash hash(SignedRoster roster) {
        return Sha256.hash(roster.encoded());
    }

    /** The roster the next epoch will have: the proposal, else the current one. */
    public static SignedRoster target(Ctx ctx) {
        return ctx.proposal().orElseGet(ctx::roster);
    }

    /** Reads a roster that must follow {@code link}. */
    static SignedRoster follow(GroupId group, SignedRoster link, Octets encoded) {
        SignedRoster next = RosterCodec.decodeSigned(encoded);
        StepDraft.require(next.roster().group().equals(group), ErrorCode.WRONG_AUDIENCE, "a roster of another group");
        StepDraft.require(
                follows(link, next),
                ErrorCode.ROSTER_CONFLICT,
                "the newest roster has number " + link.roster().seq());
        return next;
    }

    /** Whether a roster follows the newest one that is known. */
    public static boolean follows(Ctx ctx, SignedRoster roster) {
        return follows(target(ctx), roster);
    }

    private static boolean follows(SignedRoster link, SignedRoster next) {
        return next.roster().seq() == link.roster().seq() + 1
                && next.roster().previous().filter(hash(link)::equals).isPresent();
    }

    /** Leaves that are in both rosters with the same keys, in order. */
    public static List<LeafId> staying(Roster committed, Roster target) {
        return target.entries().stream()
                .filter(e -> committed.entry(e.leaf()).filter(e::sameKeys).isPresent())
                .map(RosterEntry::leaf)
                .toList();
    }

    /** Whether a leaf may remove others. */
    public static boolean mayRemove(RosterEntry entry) {
        return entry.rights().contains(Right.ADMIN) || entry.rights().contains(Right.REMOVE);
    }

    /** True when everybody who is removed is a device of {@code signer}'s own member: nobody else's consent is needed. */
    public static boolean selfWithdrawal(LeafId signer, List<LeafId> removed) {
        return removed.stream().allMatch(l -> l.memberId().equals(signer.memberId()));
    }

    /** Cohort of the next epoch (protocol note F14), counted from 0 before the first. */
    public static long cohort(Ctx ctx) {
        Roster committed = ctx.roster().roster();
        Roster next = target(ctx).roster();
        boolean grows = !committed.removedBy(next).isEmpty()
                || ctx.policy().history() == History.FROM_JOIN
                        && !committed.addedBy(next).isEmpty();
        return ctx.epoch().map(e -> e.header().cohort()).orElse(0L) + (grows ? 1 : 0);
    }
}
