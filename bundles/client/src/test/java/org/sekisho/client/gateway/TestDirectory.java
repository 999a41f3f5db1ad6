// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.gateway;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.RejectedException;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.Participant;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.CertificateRequest;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.LeafIds;

/** An authority and a directory in memory. */
final class TestDirectory {

    private static final SystemEntropy ENTROPY = new SystemEntropy();

    final CertificateAuthority authority = CertificateAuthority.create(
            "Test authority", KeyAlgorithm.P256, Instant.now(), Duration.ofDays(9), ENTROPY);
    private final Map<String, EnrolmentToken> tokens = new ConcurrentHashMap<>();
    private final Map<LeafId, Participant> participants = new ConcurrentHashMap<>();

    EnrolmentToken invite(String subject, Duration lifetime) {
        LeafId leaf = LeafIds.newDevice(authority.certificate(), new X500Principal(subject), ENTROPY);
        var token = new EnrolmentToken(
                leaf, subject, UUID.randomUUID().toString(), Instant.now().plus(lifetime));
        tokens.put(token.token(), token);
        return token;
    }

    Enrolment enrol(String token, Octets csr, Octets serverKey) {
        EnrolmentToken known = tokens.remove(token);
        if (known == null) {
            throw new RejectedException(ErrorCode.BAD_TOKEN, "unknown token");
        }
        X509Certificate certificate = authority.issueClient(
                CertificateRequest.parse(csr).key(),
                new X500Principal(known.name()),
                List.of(LeafIds.uri(known.leaf())),
                Instant.now(),
                Duration.ofDays(2));
        return new Enrolment(
                known.leaf(),
                Certificates.encoded(certificate),
                List.of(Certificates.encoded(authority.certificate())),
                serverKey);
    }

    Participant register(LeafId leaf, Map<String, String> body, List<X509Certificate> chain) {
        Octets der = Octets.ofBase64(body.get("certificate"));
        X509Certificate certificate = Certificates.parse(der);
        var participant = new Participant(
                leaf,
                certificate.getSubjectX500Principal().getName(),
                Octets.ofBase64(body.get("idKey")),
                Octets.ofBase64(body.get("hpkeKey")),
                der,
                Certificates.hash(certificate),
                Certificates.hash(authority.certificate()),
                Octets.ofBase64(body.get("binding")),
                Optional.ofNullable(body.get("possession")).map(Octets::ofBase64),
                between(chain),
                "as the gateway says",
                Instant.now(),
                certificate.getNotAfter().toInstant(),
                Optional.empty());
        boolean bound = LeafBinding.verify(
                        certificate, leaf, participant.idKey(), participant.hpkeKey(), participant.binding())
                && LeafBinding.possessed(
                        certificate, leaf, participant.idKey(), participant.hpkeKey(), participant.possession());
        if (!bound) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "binding");
        }
        participants.put(leaf, participant);
        return participant;
    }

    Optional<Participant> find(LeafId leaf) {
        return Optional.ofNullable(participants.get(leaf));
    }

    void replace(Participant participant) {
        participants.put(participant.leaf(), participant);
    }

    Page<Participant> all() {
        return new Page<>(List.copyOf(participants.values()), Optional.empty());
    }

    private static List<Octets> between(List<X509Certificate> chain) {
        return chain.stream()
                .skip(1)
                .filter(issuer -> !issuer.getSubjectX500Principal().equals(issuer.getIssuerX500Principal()))
                .map(Certificates::encoded)
                .toList();
    }

    private Optional<LeafId> registered(X509Certificate certificate) {
        return participants.values().stream()
                .filter(p -> p.certHash().equals(Certificates.hash(certificate)))
                .map(Participant::leaf)
                .findFirst();
    }

    /** Empty when the certificate is nobody's yet. */
    Caller caller(X509Certificate certificate) {
        return LeafIds.in(certificate)
                .or(() -> registered(certificate))
                .map(leaf ->
                        Caller.participant(certificate.getSubjectX500Principal().getName(), leaf))
                .orElse(Caller.ANONYMOUS);
    }
}
