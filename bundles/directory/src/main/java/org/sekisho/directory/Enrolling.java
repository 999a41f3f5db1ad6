// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowTx;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.CertificateRequest;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.directory.records.KnownCertificate;
import org.sekisho.directory.records.Names;
import org.sekisho.directory.records.OpenInvitation;

/**
 * From invitation to certificate. The certificate says what the invitation says; of the request only the key counts. The
 * token is looked at before anything in the request is complained about, so without a token nothing can be learnt.
 */
final class Enrolling {

    private static final Duration MAX_INVITATION = Duration.ofDays(30);
    private static final int TOKEN_OCTETS = 32;
    private static final int MAX_TOKEN = 64;

    private final CertificateAuthority authority;
    private final Octets serverKey;
    private final Duration lifetime;
    private final int maxOpen;
    private final Entropy entropy;

    Enrolling(CertificateAuthority authority, Octets serverKey, Duration lifetime, int maxOpen, Entropy entropy) {
        this.authority = authority;
        this.serverKey = serverKey;
        this.lifetime = lifetime;
        this.maxOpen = maxOpen;
        this.entropy = entropy;
    }

    /** An invitation to be, with its token. */
    EnrolmentToken draw(String subject, Duration validity, Instant now) {
        if (validity.compareTo(Duration.ofSeconds(1)) < 0 || validity.compareTo(MAX_INVITATION) > 0) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "an invitation is valid for 1 second to 30 days");
        }
        X500Principal principal = Names.parse(subject);
        String name = Names.of(principal);
        if (principal.equals(authority.certificate().getSubjectX500Principal())) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "this is the authority's own name");
        }
        Instant expiry = Instant.ofEpochMilli(now.plus(validity).toEpochMilli());
        return new EnrolmentToken(
                LeafIds.newDevice(authority.certificate(), principal, entropy),
                name,
                Octets.of(entropy.next(TOKEN_OCTETS)).base64(),
                expiry);
    }

    void open(RowTx tx, EnrolmentToken token, Instant now) {
        var invitations = new InvitationRows(tx);
        invitations.forgetExpired(now);
        if (invitations.count() >= maxOpen) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "there are " + maxOpen + " open invitations");
        }
        invitations.open(hash(token.token()), new OpenInvitation(token.leaf(), token.name(), token.expiry()));
    }

    /** What is to be certified, or why it cannot be. */
    Candidate candidate(EnrolmentRequest request) {
        try {
            CertificateRequest csr = CertificateRequest.parse(request.csr());
            Ed25519Keys.verifyingKey(csr.key());
            PublicKeys.requireHpkeKey(request.hpkeKey(), entropy);
            return new Candidate(Optional.of(csr), Optional.empty());
        } catch (CertificateRejectedException | IllegalArgumentException e) {
            return refused(new RejectedException(ErrorCode.BAD_CERTIFICATE, "not a request for an Ed25519 key"));
        } catch (RejectedException e) {
            return refused(e);
        }
    }

    /** Uses the token up and issues the certificate; BAD_TOKEN for every token that is none. */
    Enrolment enrol(RowTx tx, EnrolmentRequest request, Candidate candidate, Instant now) {
        OpenInvitation invitation = usable(request.token())
                .flatMap(token -> new InvitationRows(tx).take(token, now))
                .orElseThrow(() -> new RejectedException(ErrorCode.BAD_TOKEN, "not a token, or used, or expired"));
        CertificateRequest csr = candidate.orThrow();
        X509Certificate certificate = authority.issueClient(
                csr.key(),
                new X500Principal(invitation.subject()),
                List.of(LeafIds.uri(invitation.leaf())),
                now,
                lifetime);
        new CertificateRows(tx)
                .know(
                        Certificates.hash(certificate),
                        new KnownCertificate(
                                invitation.leaf(),
                                certificate.getSerialNumber(),
                                true,
                                certificate.getNotAfter().toInstant(),
                                Optional.of(request.hpkeKey())));
        return new Enrolment(
                invitation.leaf(),
                Certificates.encoded(certificate),
                List.of(Certificates.encoded(authority.certificate())),
                serverKey);
    }

    private static Candidate refused(RejectedException why) {
        return new Candidate(Optional.empty(), Optional.of(why));
    }

    private static Optional<Hash> usable(String token) {
        return token.length() > MAX_TOKEN ? Optional.empty() : Optional.of(hash(token));
    }

    private static Hash hash(String token) {
        return Sha256.hash(Octets.utf8(token));
    }

    /** A request that was looked at; exactly one of both is there. */
    record Candidate(Optional<CertificateRequest> request, Optional<RejectedException> why) {

        CertificateRequest orThrow() {
            return request.orElseThrow(why::orElseThrow);
        }
    }
}
