// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sekisho.directory.Gateway.ENTROPY;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.Role;
import org.sekisho.api.directory.Participant;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafIds;

/** An enterprise whose root does not issue participants' certificates itself. */
class IssuerBetweenTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private X509Certificate issuer;
    private Gateway gateway;
    private Gateway.Person alice;
    private X509Certificate certificate;
    private LeafId leaf;

    @BeforeEach
    void issue() throws Exception {
        KeyPair rootKeys = KeyAlgorithm.P256.generate(ENTROPY);
        KeyPair issuerKeys = KeyAlgorithm.P256.generate(ENTROPY);
        X509Certificate root = authority("Root", rootKeys, "Root", rootKeys, 1);
        issuer = authority("Between", issuerKeys, "Root", rootKeys, 0);
        gateway = new Gateway(root);
        alice = gateway.person();
        var subject = new X500Principal("CN=Alice");
        certificate = new CertificateAuthority(new Credential(issuerKeys.getPrivate(), List.of(issuer)), ENTROPY)
                .issueClient(alice.keys.getPublic(), subject, List.of(), NOW.plusSeconds(600), Duration.ofHours(1));
        gateway.clock.now = NOW.plusSeconds(900);
        leaf = LeafIds.newDevice(issuer, subject, ENTROPY);
    }

    @Test
    void participant_shows_the_issuer_with_the_connection() {
        Caller caller = gateway.directory.authenticate(List.of(certificate, issuer));
        Participant entry = gateway.directory.register(caller, alice.registering(leaf, certificate));
        assertThat(entry.issuerHash()).isEqualTo(Certificates.hash(issuer));
        assertThat(entry.issuers()).containsExactly(Certificates.encoded(issuer));
        assertThat(gateway.directory.authenticate(List.of(certificate, issuer)).leaf())
                .contains(leaf);
    }

    @Test
    void without_the_issuer_there_is_no_path() {
        var caller = new Caller("CN=Alice", Optional.empty(), Set.of(Role.PARTICIPANT));
        assertThatThrownBy(() -> gateway.directory.register(caller, alice.registering(leaf, certificate)))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("UNTRUSTED");
    }

    private static X509Certificate authority(String name, KeyPair keys, String issuer, KeyPair issuerKeys, int depth)
            throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=" + issuer),
                BigInteger.valueOf(depth + 1),
                Date.from(NOW),
                Date.from(NOW.plus(DAY)),
                new X500Principal("CN=" + name),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(depth));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate());
        return Certificates.parse(Octets.of(builder.build(signer).getEncoded()));
    }
}
