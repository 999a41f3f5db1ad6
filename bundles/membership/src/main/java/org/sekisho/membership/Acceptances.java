// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.membership.wire.Acceptance;

/**
 * Member, as inviter: the invitee answers. Checked here: that we invited this leaf, in time, once; that certificate, keys and
 * identity belong together ({@link Vouching}). The host checks the certificate's path, time and revocation before it hands the message
 * over.
 */
final class Acceptances {

    private Acceptances() {}

    static void handle(StepDraft draft, MemberScheme scheme, LeafId from, Octets body) {
        Acceptance acceptance = Acceptance.decode(body);
        StepDraft.require(acceptance.leaf().equals(from), ErrorCode.WRONG_AUDIENCE, "answered for another leaf");
        // rn12_invite_replay_rejected: an invitation that was answered, dropped or never sent is not found.
        Invitations.Outstanding invited = Invitations.find(draft, acceptance.inviteHash())
                .orElseThrow(() -> SekishoException.of(ErrorCode.REPLAYED, "no such invitation is open"));
        StepDraft.require(invited.invitee().equals(from), ErrorCode.WRONG_AUDIENCE, "another leaf was invited");
        // Who is in the group already answers somebody else's invitation too; its certificate is not looked at any
        // more.
        boolean outside = Rosters.target(draft.ctx()).roster().entry(from).stream()
                .allMatch(
                        e -> e.idKey().equals(acceptance.idKey()) && e.hpkeKey().equals(acceptance.hpkeKey()));
        StepDraft.require(outside, ErrorCode.ALREADY_EXISTS, "in the group already, with other keys");
        boolean inTime = draft.seconds() <= invited.expiry();
        StepDraft.require(inTime, ErrorCode.BAD_TOKEN, "the invitation has expired");
        Hash certificate = Vouching.check(
                draft.ctx().policy().admission(),
                from,
                acceptance.idKey(),
                acceptance.hpkeKey(),
                acceptance.certification());
        Invitations.answered(draft, acceptance.inviteHash());
        Set<Right> rights = invited.canInvite() ? Set.of(Right.INVITE) : Set.of();
        var entry =
                new RosterEntry(from, acceptance.idKey(), acceptance.hpkeKey(), rights, 0, Optional.of(certificate));
        Changes.add(draft, scheme, new Change.Add(acceptance.inviteHash(), entry, acceptance.certification()));
    }
}
