// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.groupmanagement.wire.Acceptance;

/**
 * Member, as inviter: the invitee answers. Checked here: that we invited this leaf, in time, once; that the certificate's key
 * vouches for the leaf's keys; that the policy admits the certificate. The host checks the certificate's path, time and
 * revocation before it hands the message over: a reducer has neither trust anchors nor revocation lists.
 */
final class AcceptanceHandler {

    private AcceptanceHandler() {}

    static void handle(Draft<MemberState> draft, LeafId from, Octets body) {
        Acceptance acceptance = Acceptance.decode(body);
        Draft.require(acceptance.leaf().equals(from), ErrorCode.WRONG_AUDIENCE, "answered for another leaf");
        // rn12_invite_replay_rejected: an invitation that was answered, dropped or never sent is not found.
        Invitations.Outstanding invited = Invitations.find(draft, acceptance.inviteHash())
                .orElseThrow(() -> SekishoException.of(ErrorCode.REPLAYED, "no such invitation is open"));
        Draft.require(invited.invitee().equals(from), ErrorCode.WRONG_AUDIENCE, "another leaf was invited");
        // Who is in the group already answers somebody else's invitation too; its certificate is not looked at any
        // more.
        boolean outside = Rosters.target(draft.ctx).roster().entry(from).stream()
                .allMatch(
                        e -> e.idKey().equals(acceptance.idKey()) && e.hpkeKey().equals(acceptance.hpkeKey()));
        Draft.require(outside, ErrorCode.ALREADY_EXISTS, "in the group already, with other keys");
        boolean inTime = MemberSide.seconds(draft.ctx) <= invited.expiry();
        Draft.require(inTime, ErrorCode.BAD_TOKEN, "the invitation has expired");
        Hash certificate = admit(draft, acceptance);
        Invitations.answered(draft, acceptance.inviteHash());
        Set<Right> rights = invited.canInvite() ? Set.of(Right.INVITE) : Set.of();
        var entry =
                new RosterEntry(from, acceptance.idKey(), acceptance.hpkeKey(), rights, 0, Optional.of(certificate));
        Changes.add(draft, new Change.Add(acceptance.inviteHash(), entry));
    }

    private static Hash admit(Draft<MemberState> draft, Acceptance acceptance) {
        X509Certificate certificate = parse(acceptance.certificate());
        boolean bound = LeafBinding.verify(
                certificate, acceptance.leaf(), acceptance.idKey(), acceptance.hpkeKey(), acceptance.binding());
        Draft.require(bound, ErrorCode.BAD_CERTIFICATE, "the certificate's key does not vouch for these keys");
        Hash hash = Sha256.hash(acceptance.certificate());
        String subject = certificate.getSubjectX500Principal().getName();
        boolean admitted = draft.ctx.policy().admission().admits(subject, issuer(acceptance, certificate), hash);
        Draft.require(admitted, ErrorCode.POLICY_VIOLATION, "the policy does not admit this certificate");
        return hash;
    }

    /** Hash of the direct issuer: the certificate itself when it came alone, which no list of issuers names. */
    private static Hash issuer(Acceptance acceptance, X509Certificate certificate) {
        List<Octets> issuers = acceptance.issuers();
        if (issuers.isEmpty()) {
            return Sha256.hash(acceptance.certificate());
        }
        X509Certificate issuer = parse(issuers.get(0));
        boolean named = issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        Draft.require(named, ErrorCode.BAD_CERTIFICATE, "the first issuer is not the certificate's");
        return Sha256.hash(issuers.get(0));
    }

    private static X509Certificate parse(Octets der) {
        try {
            return Certificates.parse(der);
        } catch (CertificateRejectedException e) {
            throw SekishoException.of(ErrorCode.BAD_CERTIFICATE, e.getMessage());
        }
    }
}
