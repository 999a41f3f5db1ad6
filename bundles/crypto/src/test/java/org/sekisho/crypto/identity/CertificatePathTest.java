// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateRejectedException.Reason;

class CertificatePathTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Entropy entropy = new SystemEntropy();
    private final Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final CertificateAuthority authority = authority("Test CA");
    private final TrustAnchors anchors = TrustAnchors.of(authority.certificate());
    private final X509Certificate alice = client(authority);

    @ParameterizedTest
    @EnumSource
    void acceptsWhatTheAuthorityIssued(KeyAlgorithm algorithm) {
        var issuer = CertificateAuthority.create("CA", algorithm, now, DAY, entropy);
        var certificate = client(issuer);
        var trusted = TrustAnchors.of(issuer.certificate());

        assertThat(CertificatePath.validate(List.of(certificate), trusted, now, Purpose.TLS_CLIENT))
                .isEqualTo(certificate);
        assertThat(CertificatePath.validate(
                        List.of(certificate, issuer.certificate()), trusted, now, Purpose.TLS_CLIENT))
                .isEqualTo(certificate);
    }

    @Test
    void timeIsTheOnePassedIn() {
        assertRejected(Reason.EXPIRED, alice, anchors, now.plus(DAY).plusSeconds(1), Purpose.TLS_CLIENT);
        assertRejected(
                Reason.EXPIRED,
                alice,
                anchors,
                now.minus(CertificateAuthority.BACKDATE).minusSeconds(1),
                Purpose.TLS_CLIENT);
        assertThat(CertificatePath.validate(List.of(alice), anchors, now.plus(DAY), Purpose.TLS_CLIENT))
                .isEqualTo(alice);
    }

    @Test
    void foreignAuthorityOfTheSameNameIsRefused() {
        assertRejected(Reason.UNTRUSTED, client(authority("Test CA")), anchors, now, Purpose.TLS_CLIENT);
        assertRejected(Reason.UNTRUSTED, alice, new TrustAnchors(Set.of(), List.of(), false), now, Purpose.TLS_CLIENT);
    }

    @Test
    void purposeIsChecked() {
        assertRejected(Reason.WRONG_PURPOSE, alice, anchors, now, Purpose.TLS_SERVER);
        assertThat(CertificatePath.validate(List.of(alice), anchors, now, Purpose.SIGNATURE))
                .isEqualTo(alice);
    }

    @Test
    void rootIsNobodysCertificate() {
        assertRejected(Reason.UNTRUSTED, authority.certificate(), anchors, now, Purpose.SIGNATURE);
    }

    @Test
    void endCertificateCannotIssue() {
        KeyPair keys = KeyAlgorithm.ED25519.generate(entropy);
        X509Certificate end =
                authority.issueClient(keys.getPublic(), Certificates.commonName("Mallory"), List.of(), now, DAY);
        assertThatThrownBy(() -> new CertificateAuthority(new Credential(keys.getPrivate(), List.of(end)), entropy))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void revokedCertificateIsRefused() {
        X509CRL list = authority.revocationList(
                List.of(new Revocation(alice.getSerialNumber(), now, CRLReason.KEY_COMPROMISE)), 1, now, DAY);
        X509Certificate bob = client(authority);
        var required = new TrustAnchors(Set.of(authority.certificate()), List.of(list), true);
        var optional = new TrustAnchors(Set.of(authority.certificate()), List.of(list), false);

        assertRejected(Reason.REVOKED, alice, required, now, Purpose.TLS_CLIENT);
        assertRejected(Reason.REVOKED, alice, optional, now, Purpose.TLS_CLIENT);
        assertThat(CertificatePath.validate(List.of(bob), required, now, Purpose.TLS_CLIENT))
                .isEqualTo(bob);
    }

    @Test
    void missingForeignOrOldListIsRefusedWhereOneIsRequired() {
        var none = new TrustAnchors(Set.of(authority.certificate()), List.of(), true);
        assertRejected(Reason.REVOCATION_UNKNOWN, alice, none, now, Purpose.TLS_CLIENT);

        X509CRL foreign = authority("Test CA").revocationList(List.of(), 1, now, DAY);
        var forged = new TrustAnchors(Set.of(authority.certificate()), List.of(foreign), true);
        assertRejected(Reason.REVOCATION_UNKNOWN, alice, forged, now, Purpose.TLS_CLIENT);

        X509CRL old = authority.revocationList(List.of(), 1, now.minus(DAY), Duration.ofHours(1));
        var stale = new TrustAnchors(Set.of(authority.certificate()), List.of(old), true);
        assertRejected(Reason.REVOCATION_UNKNOWN, alice, stale, now, Purpose.TLS_CLIENT);
    }

    @Test
    void chainLengthIsLimited() {
        assertThatThrownBy(() -> CertificatePath.validate(
                        Collections.nCopies(CertificatePath.MAX_LENGTH + 1, alice), anchors, now, Purpose.TLS_CLIENT))
                .isInstanceOf(CertificateRejectedException.class);
        assertThatThrownBy(() -> CertificatePath.validate(List.of(), anchors, now, Purpose.TLS_CLIENT))
                .isInstanceOf(CertificateRejectedException.class);
    }

    @Test
    void weakKeysAreNotCertified() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair weak = generator.generateKeyPair();
        assertThatThrownBy(() ->
                        authority.issueClient(weak.getPublic(), Certificates.commonName("Weak"), List.of(), now, DAY))
                .isInstanceOf(CertificateRejectedException.class);
    }

    @Test
    void issuedCertificateHasTheRightFields() throws Exception {
        assertThat(alice.getVersion()).isEqualTo(3);
        assertThat(alice.getBasicConstraints()).isEqualTo(-1);
        assertThat(alice.getKeyUsage()).startsWith(true, false);
        assertThat(alice.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(alice.getSerialNumber().bitLength()).isEqualTo(127);
        assertThat(alice.getSubjectX500Principal()).isEqualTo(Certificates.commonName("Alice"));
        assertThat(alice.getSubjectAlternativeNames()).contains(List.of(6, "urn:sekisho:leaf:00"));
        assertThat(alice.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(authority.certificate().getBasicConstraints()).isZero();
        assertThat(authority.certificate().getKeyUsage()[5]).isTrue();
    }

    @Test
    void certificateEndsWithTheAuthority() {
        KeyPair keys = KeyAlgorithm.P256.generate(entropy);
        X509Certificate late = authority.issueClient(
                keys.getPublic(), Certificates.commonName("Late"), List.of(), now, Duration.ofDays(9999));
        assertThat(late.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
    }

    /** The certificate of a participant holds its identity key itself. */
    @Test
    void certificateOfAParticipantHoldsItsIdentityKey() {
        var key = org.sekisho.crypto.SigningKey.generate(entropy);
        X509Certificate certificate = authority.issueClient(
                Ed25519Keys.publicKey(key.verifyingKey()), Certificates.commonName("Alice"), List.of(), now, DAY);
        assertThat(Ed25519Keys.verifyingKey(certificate.getPublicKey())).isEqualTo(key.verifyingKey());
    }

    @Test
    void everyChangedByteOfACertificateIsRefused() {
        Octets der = Certificates.encoded(alice);
        for (int at = 0; at < der.size(); at++) {
            Octets changed = Samples.flip(der, at, at);
            assertThatThrownBy(() -> CertificatePath.validate(
                            List.of(Certificates.parse(changed)), anchors, now, Purpose.TLS_CLIENT))
                    .as("byte %d", at)
                    .isInstanceOf(CertificateRejectedException.class);
        }
    }

    @Test
    void certificateHasOneEncodingOnly() {
        X509Certificate certificate = client(authority("one encoding"));
        while ((certificate.getSignature()[63] & 0x0f) != 0) {
            certificate = client(authority("one encoding"));
        }
        byte[] der = Certificates.encoded(certificate).toByteArray();
        // the octet before the 64 of the signature says how many bits are unused; the last four are zero anyway
        der[der.length - 65] = 4;
        assertThatThrownBy(() -> Certificates.parse(Octets.of(der))).isInstanceOf(CertificateRejectedException.class);
    }

    private CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, KeyAlgorithm.ED25519, now, Duration.ofDays(30), entropy);
    }

    private X509Certificate client(CertificateAuthority issuer) {
        KeyPair keys = KeyAlgorithm.ED25519.generate(entropy);
        return issuer.issueClient(
                keys.getPublic(), Certificates.commonName("Alice"), List.of("urn:sekisho:leaf:00"), now, DAY);
    }

    private static void assertRejected(
            Reason reason, X509Certificate certificate, TrustAnchors anchors, Instant at, Purpose purpose) {
        assertThatThrownBy(() -> CertificatePath.validate(List.of(certificate), anchors, at, purpose))
                .isInstanceOfSatisfying(CertificateRejectedException.class, e -> assertThat(e.reason())
                        .isEqualTo(reason));
    }
}
