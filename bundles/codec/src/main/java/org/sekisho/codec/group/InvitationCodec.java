// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import org.sekisho.api.Octets;
import org.sekisho.api.group.Invitation;

/**
 * {@code Invitation = [1, groupId, nonce16, rosterSeq, rosterHash, epoch, epochHash, inviter, invitee, inviteNonce16,
 * expirySeconds, canInvite]}.
 */
public final class InvitationCodec {

    /** Longest encoded invitation, in octets. */
    public static final int MAX_SIZE = 512;

    private static final int NONCE_SIZE = 16;

    private InvitationCodec() {}

    /** The expiry is written in whole seconds. */
    public static Octets encode(Invitation invitation) {
        return Strict.encode("invitation", w -> {
            w.array(12).integer(1).bytes(invitation.group().value());
            w.bytes(Strict.sized("group nonce", invitation.groupNonce(), NONCE_SIZE));
            w.integer(invitation.rosterSeq()).bytes(invitation.rosterHash().value());
            w.integer(invitation.epoch()).bytes(invitation.epochHash().value());
            w.bytes(invitation.inviter().value()).bytes(invitation.invitee().value());
            w.bytes(Strict.sized("invitation nonce", invitation.inviteNonce(), NONCE_SIZE));
            Strict.time(w, invitation.expiry());
            w.bool(invitation.canInvite());
        });
    }

    public static Invitation decode(Octets encoded) {
        return Strict.decode("invitation", encoded, MAX_SIZE, r -> {
            r.struct(1, 12);
            return new Invitation(
                    r.groupId(),
                    r.octetsOf(NONCE_SIZE),
                    r.uint(Long.MAX_VALUE),
                    r.hash(),
                    r.integer(1, Long.MAX_VALUE),
                    r.hash(),
                    r.leafId(),
                    r.leafId(),
                    r.octetsOf(NONCE_SIZE),
                    Strict.time(r),
                    r.bool());
        });
    }
}
