// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.client.transport.Gateway;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.LeafIds;

/** A directory that lies (protocol note F5). */
class CertifiedPeersTest {

    private static final SystemEntropy ENTROPY = new SystemEntropy();
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final CertificateAuthority first = authority("First");
    private final CertificateAuthority second = authority("Second");
    private final Map<LeafId, Participant> directory = new HashMap<>();
    private final CertifiedPeers peers =
            new CertifiedPeers(gateway(), Set.of(first.certificate(), second.certificate()), () -> NOW);

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, KeyAlgorithm.P256, NOW, Duration.ofDays(9), ENTROPY);
    }

    private Gateway gateway() {
        return (Gateway) Proxy.newProxyInstance(
                Gateway.class.getClassLoader(), new Class<?>[] {Gateway.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("participant")) {
                        return directory.get((LeafId) arguments[0]);
                    }
                    throw new UnavailableException(ErrorCode.GATEWAY_UNREACHABLE, "not here");
                });
    }

    private static LeafId leaf(CertificateAuthority authority, String name) {
        return LeafIds.newDevice(authority.certificate(), new X500Principal(name), ENTROPY);
    }

    /** The directory says that {@code leaf} is who holds a certificate of this subject. */
    private Participant say(LeafId leaf, CertificateAuthority authority, String subject, List<String> uris) {
        KeyPair keys = KeyAlgorithm.ED25519.generate(ENTROPY);
        X509Certificate certificate =
                authority.issueClient(keys.getPublic(), new X500Principal(subject), uris, NOW, Duration.ofDays(1));
        Octets idKey = Ed25519Keys.verifyingKey(keys.getPublic()).bytes();
        Octets hpkeKey = HpkePrivateKey.generate(ENTROPY).publicKey().bytes();
        var participant = new Participant(
                leaf,
                "CN=Bob",
                idKey,
                hpkeKey,
                Certificates.encoded(certificate),
                Certificates.hash(certificate),
                Certificates.hash(authority.certificate()),
                LeafBinding.sign(keys.getPrivate(), certificate, leaf, idKey, hpkeKey),
                Optional.empty(),
                List.of(),
                "",
                NOW,
                NOW.plus(Duration.ofDays(1)),
                Optional.empty());
        directory.put(leaf, participant);
        return participant;
    }

    private Optional<Octets> key(LeafId leaf) {
        var envelope = new Envelope(
                GroupId.of(new byte[16]),
                new Party.Member(leaf),
                Party.EVERYONE,
                Octets.utf8("8 octets"),
                1,
                "member/invite",
                NOW,
                Octets.EMPTY);
        var signed = new SignedEnvelope(envelope, EnvelopeCodec.encode(envelope), Octets.of(new byte[64]), Map.of());
        return peers.key(leaf, EnvelopeCodec.encode(signed));
    }

    @Test
    void who_the_certificate_names_is_believed() {
        LeafId bob = leaf(first, "CN=Bob");
        Participant enrolled = say(bob, first, "CN=Bob", List.of(LeafIds.uri(bob)));
        assertThat(key(bob)).contains(enrolled.idKey());

        LeafId enterprise = leaf(second, "CN=Bob,O=Example");
        Participant registered = say(enterprise, second, "CN=Bob,O=Example", List.of());
        assertThat(key(enterprise)).contains(registered.idKey());
    }

    @Test
    void another_participants_certificate_does_not_speak_for_a_leaf() {
        LeafId bob = leaf(first, "CN=Bob");
        say(bob, first, "CN=Mallory", List.of());
        assertThat(key(bob)).isEmpty();
    }

    @Test
    void the_same_name_under_another_authority_is_somebody_else() {
        LeafId bob = leaf(first, "CN=Bob");
        say(bob, second, "CN=Bob", List.of());
        assertThat(key(bob)).isEmpty();
    }

    @Test
    void an_identity_key_that_did_not_sign_is_not_believed() {
        LeafId bob = leaf(second, "CN=Bob");
        Participant honest = say(bob, second, "CN=Bob", List.of());
        KeyPair keys = KeyAlgorithm.P256.generate(ENTROPY);
        X509Certificate certificate =
                second.issueClient(keys.getPublic(), new X500Principal("CN=Bob"), List.of(), NOW, Duration.ofDays(1));
        directory.put(
                bob,
                new Participant(
                        bob,
                        "CN=Bob",
                        honest.idKey(),
                        honest.hpkeKey(),
                        Certificates.encoded(certificate),
                        Certificates.hash(certificate),
                        honest.issuerHash(),
                        LeafBinding.sign(keys.getPrivate(), certificate, bob, honest.idKey(), honest.hpkeKey()),
                        Optional.empty(),
                        List.of(),
                        honest.fingerprint(),
                        NOW,
                        NOW.plus(Duration.ofDays(1)),
                        Optional.empty()));
        assertThat(key(bob)).isEmpty();
    }

    @Test
    void a_certificate_for_one_device_does_not_speak_for_another() {
        LeafId bob = leaf(first, "CN=Bob");
        say(bob, first, "CN=Bob", List.of(LeafIds.uri(leaf(first, "CN=Bob"))));
        assertThat(key(bob)).isEmpty();
    }
}
