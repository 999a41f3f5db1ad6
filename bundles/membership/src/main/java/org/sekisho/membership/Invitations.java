// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Invitation;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.membership.wire.MessageType;
import org.sekisho.membership.wire.Strict;

/** Member: invitations this member sent and that were not answered yet, in parts; each is answered once. */
final class Invitations {

    static final String TIMER = Membership.PREFIX + "invitations";
    static final long MAX_TTL = 30 * 24 * 3600L;

    private static final String PREFIX = Membership.PREFIX + "inv/";
    private static final int NONCE = 16;

    private Invitations() {}

    /** What the inviter remembers. */
    record Outstanding(LeafId invitee, long expiry, boolean canInvite) {}

    private record Asked(LeafId leaf, boolean canInvite, long ttl) {}

    static void invite(StepDraft draft, Octets args) {
        Asked asked = Strict.decode("invitation request", args, 64, r -> {
            r.arrayOf(3);
            return new Asked(r.leafId(), r.bool(), r.integer(1, MAX_TTL));
        });
        Ctx ctx = draft.ctx();
        Set<Right> rights = Requests.mine(draft).map(e -> e.rights()).orElse(Set.of());
        boolean admin = rights.contains(Right.ADMIN);
        boolean may = admin
                || rights.contains(Right.INVITE)
                        && (!asked.canInvite() || ctx.policy().passOnInvite());
        StepDraft.require(may, ErrorCode.POLICY_VIOLATION, "no right to invite so");
        SignedRoster target = Rosters.target(ctx);
        StepDraft.require(!target.roster().contains(asked.leaf()), ErrorCode.ALREADY_EXISTS, "in the group already");
        StepDraft.require(
                draft.keys(PREFIX).size() < StepDraft.PAGE,
                ErrorCode.QUEUE_FULL,
                "invitations: at most " + StepDraft.PAGE);
        send(draft, asked);
        arm(draft);
    }

    /** 0030 section 3, F5: pinned to the committed roster and epoch, which the invitee will be shown again. */
    private static void send(StepDraft draft, Asked asked) {
        Ctx ctx = draft.ctx();
        Ctx.EpochView epoch = ctx.epoch().orElseThrow();
        long expiry = draft.seconds() + asked.ttl();
        var invitation = new Invitation(
                ctx.group(),
                ctx.groupNonce(),
                ctx.roster().roster().seq(),
                Rosters.hash(ctx.roster()),
                epoch.header().epoch(),
                epoch.epochHash(),
                draft.self(),
                asked.leaf(),
                Octets.of(ctx.entropy().next(NONCE)),
                Instant.ofEpochSecond(expiry),
                asked.canInvite());
        Octets body = InvitationCodec.encode(invitation);
        draft.put(key(Sha256.hash(body)), Cbor.encode(1, asked.leaf(), expiry, asked.canInvite()));
        draft.send(new Party.Member(asked.leaf()), MessageType.INVITE, body);
    }

    static Optional<Outstanding> find(StepDraft draft, Hash inviteHash) {
        return draft.part(key(inviteHash)).map(Invitations::decode);
    }

    /** Answered: a second answer finds nothing. */
    static void answered(StepDraft draft, Hash inviteHash) {
        draft.delete(key(inviteHash));
    }

    /** Those to leaves that were removed: an answer that is still on its way finds nothing. */
    static void drop(StepDraft draft, List<LeafId> removed) {
        for (String key : draft.keys(PREFIX)) {
            if (removed.contains(decode(draft.part(key).orElseThrow()).invitee())) {
                draft.delete(key);
            }
        }
    }

    static void expire(StepDraft draft) {
        long now = draft.seconds();
        for (String key : draft.keys(PREFIX)) {
            if (decode(draft.part(key).orElseThrow()).expiry() < now) {
                draft.delete(key);
            }
        }
        arm(draft);
    }

    static void arm(StepDraft draft) {
        List<String> keys = draft.keys(PREFIX);
        keys.stream()
                .mapToLong(k -> decode(draft.part(k).orElseThrow()).expiry())
                .min()
                .ifPresent(first -> draft.timer(TIMER, Duration.ofSeconds(Math.max(1, first - draft.seconds() + 1))));
    }

    static void forget(StepDraft draft) {
        draft.deleteAll(PREFIX);
        draft.cancel(TIMER);
    }

    private static String key(Hash inviteHash) {
        return PREFIX + inviteHash;
    }

    private static Outstanding decode(Octets part) {
        return Strict.decode("outstanding invitation", part, 64, r -> {
            r.struct(1, 4);
            return new Outstanding(r.leafId(), r.uint(Long.MAX_VALUE), r.bool());
        });
    }
}
