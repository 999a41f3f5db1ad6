// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.time.Instant;
import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Invitation;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.membership.wire.Acceptance;
import org.sekisho.membership.wire.MessageType;

/** What an invitee does before it has an instance of the scheme: check the invitation, prepare the answer. Pure. */
public final class Joiner {

    private Joiner() {}

    /**
     * The invitation in an envelope, checked: signed by the inviter it names, for this leaf, for the envelope's group, not
     * expired. The caller has authenticated {@code inviterKey} by the inviter's certificate, and checks the group's chain
     * against the invitation (genesis, roster and epoch it pins) before it goes on.
     */
    public static Invitation verify(SignedEnvelope signed, VerifyingKey inviterKey, LeafId self, Instant now) {
        Envelope envelope = signed.envelope();
        StepDraft.require(envelope.type().equals(MessageType.INVITE), ErrorCode.WRONG_AUDIENCE, "not an invitation");
        StepDraft.require(envelope.to().equals(new Party.Member(self)), ErrorCode.WRONG_AUDIENCE, "not for this leaf");
        boolean genuine = inviterKey.verify("envelope/" + MessageType.INVITE, signed.encoded(), signed.signature());
        StepDraft.require(genuine, ErrorCode.BAD_SIGNATURE, "the invitation is not signed by its sender");
        Invitation invitation = InvitationCodec.decode(envelope.body());
        boolean consistent = invitation.group().equals(envelope.group())
                && invitation.invitee().equals(self)
                && envelope.from().equals(new Party.Member(invitation.inviter()));
        StepDraft.require(consistent, ErrorCode.WRONG_AUDIENCE, "the invitation is not for this leaf and group");
        StepDraft.require(!invitation.expiry().isBefore(now), ErrorCode.BAD_TOKEN, "the invitation has expired");
        return invitation;
    }

    /** The answer: {@code invitation} as it came, and what a participant says of itself (see {@link Acceptance}). */
    public static Octets accept(
            Octets invitation,
            LeafId self,
            Octets idKey,
            Octets hpkeKey,
            Octets certificate,
            Octets binding,
            List<Octets> issuers) {
        return new Acceptance(Sha256.hash(invitation), self, idKey, hpkeKey, certificate, binding, issuers).encode();
    }

    /** Parameters of a joining member's instance; its first step sends the acceptance. */
    public static Octets params(Octets invitation, Octets acceptance) {
        return Cbor.encode(1, invitation, acceptance);
    }
}
