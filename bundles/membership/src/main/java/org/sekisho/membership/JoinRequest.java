// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Invitation;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.membership.wire.Acceptance;
import org.sekisho.membership.wire.MessageType;
import org.sekisho.membership.wire.Strict;

/** Member, as invitee: the first step of an instance that answers an invitation, and answering a later one. */
final class JoinRequest {

    private static final int MAX_PARAMS = 256 << 10;
    private static final String ANSWERED = Membership.PREFIX + "answered/";
    private static final int MAX_ANSWERED = 50;

    private JoinRequest() {}

    private record Answer(Octets invitation, Octets acceptance) {}

    /** {@code params} as {@link Joiner#params} made them. Also when the earlier invitation expired or was lost. */
    static void send(StepDraft draft, Octets params) {
        Answer answer = Strict.decode("acceptance of an invitation", params, MAX_PARAMS, r -> {
            r.struct(1, 3);
            return new Answer(r.octets(512), r.octets(MAX_PARAMS));
        });
        Invitation invitation = InvitationCodec.decode(answer.invitation());
        Acceptance acceptance = Acceptance.decode(answer.acceptance());
        Ctx ctx = draft.ctx();
        Hash inviteHash = Sha256.hash(answer.invitation());
        boolean mine = invitation.group().equals(ctx.group())
                && invitation.invitee().equals(draft.self())
                && acceptance.leaf().equals(draft.self())
                && acceptance.inviteHash().equals(inviteHash);
        StepDraft.require(mine, ErrorCode.WRONG_AUDIENCE, "an invitation for somebody else");
        boolean inTime = !invitation.expiry().isBefore(ctx.now());
        StepDraft.require(inTime, ErrorCode.BAD_TOKEN, "the invitation has expired");
        requireBranch(ctx, invitation);
        remember(draft, inviteHash, invitation.inviter());
        draft.send(new Party.Member(invitation.inviter()), MessageType.ACCEPT, answer.acceptance());
    }

    /** Of several invitations that were answered, any may be the one that leads into the group. */
    private static void remember(StepDraft draft, Hash inviteHash, LeafId inviter) {
        boolean room = draft.keys(ANSWERED).size() < MAX_ANSWERED;
        StepDraft.require(room, ErrorCode.QUEUE_FULL, "invitations answered: at most " + MAX_ANSWERED);
        draft.put(ANSWERED + inviteHash, inviter.value());
    }

    /** Whether an answer to this invitation of this leaf was given, and it led nowhere yet. */
    static boolean awaits(StepDraft draft, LeafId from, Hash inviteHash) {
        return draft.part(ANSWERED + inviteHash).equals(Optional.of(from.value()));
    }

    static void forget(StepDraft draft) {
        draft.deleteAll(ANSWERED);
    }

    /** F5: what the host was shown must not be another group, nor end before or beside what the inviter signed. */
    private static void requireBranch(Ctx ctx, Invitation invitation) {
        StepDraft.require(invitation.groupNonce().equals(ctx.groupNonce()), ErrorCode.FORK_DETECTED, "another genesis");
        long epoch = ctx.epoch().map(e -> e.header().epoch()).orElse(0L);
        Optional<Hash> hash = ctx.epoch().map(Ctx.EpochView::epochHash);
        boolean epochOk = epoch > invitation.epoch()
                || epoch == invitation.epoch() && hash.equals(Optional.of(invitation.epochHash()));
        StepDraft.require(epochOk, ErrorCode.FORK_DETECTED, "the epochs shown do not reach the invited one");
        long seq = ctx.roster().roster().seq();
        boolean rosterOk = seq > invitation.rosterSeq()
                || seq == invitation.rosterSeq() && Rosters.hash(ctx.roster()).equals(invitation.rosterHash());
        StepDraft.require(rosterOk, ErrorCode.FORK_DETECTED, "the rosters shown do not reach the invited one");
    }
}
