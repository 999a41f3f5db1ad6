// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.ConflictException;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.client.gateway.TestGateway;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.Pkcs12;

/** Participants with certificates of an enterprise whose root does not issue them itself, and of the gateway's authority. */
@Timeout(60)
class EnterpriseTest {

    private static final SystemEntropy ENTROPY = new SystemEntropy();
    private static final char[] PASSWORD = "pass".toCharArray();
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    private final KeyPair rootKeys = KeyAlgorithm.P256.generate(ENTROPY);
    private final KeyPair issuerKeys = KeyAlgorithm.P256.generate(ENTROPY);
    private X509Certificate root;
    private X509Certificate issuer;
    private TestGateway gateway;

    @BeforeEach
    void open() throws Exception {
        root = authority("Root", rootKeys, 1);
        issuer = authority("Between", issuerKeys, 0);
        gateway = new TestGateway(List.of(root));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private X509Certificate authority(String name, KeyPair keys, int depth) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=Root"),
                BigInteger.valueOf(depth + 1),
                Date.from(NOW.minusSeconds(600)),
                Date.from(NOW.plus(Duration.ofDays(2))),
                new X500Principal("CN=" + name),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(depth));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(rootKeys.getPrivate());
        return Certificates.parse(Octets.of(builder.build(signer).getEncoded()));
    }

    /** A PKCS#12 file as an enterprise gives it out: no root in it. */
    private Path identity(String name, KeyAlgorithm algorithm) throws Exception {
        KeyPair keys = algorithm.generate(ENTROPY);
        var between = new CertificateAuthority(new Credential(issuerKeys.getPrivate(), List.of(issuer)), ENTROPY);
        X509Certificate certificate = between.issueClient(
                keys.getPublic(),
                new X500Principal("CN=" + name + ",O=Enterprise"),
                List.of(),
                NOW,
                Duration.ofHours(1));
        Path file = folder.resolve(name + ".p12");
        Pkcs12.save(file, new Credential(keys.getPrivate(), List.of(certificate, issuer)), PASSWORD, ENTROPY);
        return file;
    }

    private Path people() throws Exception {
        return Files.writeString(folder.resolve("enterprise.pem"), TrustFile.pem(List.of(root)));
    }

    private LeafId register(String name, KeyAlgorithm algorithm) throws Exception {
        return Enrolment.at(gateway.uri(), gateway.authority(folder))
                .register(identity(name, algorithm), PASSWORD, people(), folder.resolve(name));
    }

    private Sekisho connect(String name) {
        return Sekisho.connect(gateway.uri(), folder.resolve(name + ".p12"), PASSWORD, folder.resolve(name));
    }

    @Test
    void two_of_an_enterprise_talk_and_compare_fingerprints() throws Exception {
        LeafId alice = register("alice", KeyAlgorithm.P256);
        LeafId bob = register("bob", KeyAlgorithm.ED25519);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Sekisho a = connect("alice");
                Sekisho b = connect("bob")) {
            assertThat(a.leaf()).isEqualTo(alice);
            assertThat(a.fingerprint(bob)).isEqualTo(b.fingerprint()).hasSize(71);
            assertThat(b.fingerprint(alice)).isEqualTo(a.fingerprint()).isNotEqualTo(b.fingerprint());
            b.onInvitation(invitation -> invitation.accept().onMessage(m -> heard.add(m.text())));
            Group group = a.createGroup(GroupPolicy.withDefaults("enterprise"));
            group.invite(bob);
            group.awaitMember(bob);
            group.send("hello");
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("hello");
            assertThat(group.fingerprint(bob)).isEqualTo(b.fingerprint());
        }
    }

    @Test
    void registering_again_goes_on_where_it_stopped() throws Exception {
        LeafId first = register("alice", KeyAlgorithm.P256);
        LeafId again = Enrolment.at(gateway.uri(), gateway.authority(folder))
                .register(folder.resolve("alice.p12"), PASSWORD, people(), folder.resolve("alice"));
        assertThat(again).isEqualTo(first);
        Path bobs = identity("bob", KeyAlgorithm.P256);
        Enrolment enrolment = Enrolment.at(gateway.uri(), gateway.authority(folder));
        Path people = people();
        assertThatThrownBy(() -> enrolment.register(bobs, PASSWORD, people, folder.resolve("alice")))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void a_certificate_of_another_enterprise_is_not_registered() throws Exception {
        Path file = identity("alice", KeyAlgorithm.P256);
        Enrolment enrolment = Enrolment.at(gateway.uri(), gateway.authority(folder));
        assertThatThrownBy(() -> enrolment.register(file, PASSWORD, gateway.authority(folder), folder.resolve("alice")))
                .isInstanceOf(RejectedException.class);
        assertThat(folder.resolve("alice")).doesNotExist();
    }

    @Test
    void an_authority_of_people_is_none_of_gateways_and_the_other_way_round() throws Exception {
        LeafId alice = register("alice", KeyAlgorithm.P256);
        Enrolment.at(gateway.uri(), gateway.authority(folder))
                .redeem(gateway.token("carol").token(), folder.resolve("carol.p12"), PASSWORD, folder.resolve("carol"));
        SekishoOptions impatient = SekishoOptions.DEFAULTS.withRetry(Duration.ofMillis(200));
        try (Sekisho carol = connect("carol")) {
            assertThatThrownBy(() -> carol.fingerprint(alice)).isInstanceOf(RejectedException.class);
        }
        try (Sekisho carol = Sekisho.connect(
                gateway.uri(),
                folder.resolve("carol.p12"),
                PASSWORD,
                folder.resolve("carol"),
                impatient.withPeople(people()))) {
            assertThat(carol.fingerprint(alice)).hasSize(71);
        }
        try (Sekisho carol = Sekisho.connect(
                gateway.uri(),
                folder.resolve("carol.p12"),
                PASSWORD,
                folder.resolve("carol"),
                impatient.withTrust(people()))) {
            assertThatThrownBy(() -> carol.fingerprint(alice)).isInstanceOf(SekishoException.class);
        }
    }
}
