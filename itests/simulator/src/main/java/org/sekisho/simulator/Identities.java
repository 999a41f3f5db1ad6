// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.groups.member.MemberIdentity;

/** Participants with real certificates, made once: they do not depend on a run's seed. */
final class Identities {

    /** Participants there are. */
    static final int COUNT = 8;

    /** One participant as its host and as the directory know it. */
    record Enrolled(MemberIdentity identity, Participant participant) {}

    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
    private static final Entropy ENTROPY = new SeededEntropy(17);
    private static final CertificateAuthority CA =
            CertificateAuthority.create("Simulated CA", KeyAlgorithm.ED25519, NOW, Duration.ofDays(3650), ENTROPY);
    private static final List<Enrolled> ALL = all();

    private Identities() {}

    static Enrolled get(int i) {
        return ALL.get(i);
    }

    private static List<Enrolled> all() {
        List<Enrolled> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            all.add(enrol(i));
        }
        return all;
    }

    private static Enrolled enrol(int i) {
        SigningKey signing = SigningKey.generate(ENTROPY);
        HpkePrivateKey hpke = HpkePrivateKey.generate(ENTROPY);
        X500Principal subject = Certificates.commonName("member " + i);
        Octets device = Sha256.hash(Octets.utf8("leaf " + i)).value().slice(0, 16);
        LeafId leaf = new LeafId(Octets.concat(LeafIds.member(CA.certificate(), subject), device));
        X509Certificate certificate = CA.issueClient(
                Ed25519Keys.publicKey(signing.verifyingKey()),
                subject,
                List.of("urn:sekisho:leaf:" + leaf),
                NOW,
                Duration.ofDays(3650));
        Octets idKey = signing.verifyingKey().bytes();
        Octets hpkeKey = hpke.publicKey().bytes();
        Octets binding = LeafBinding.sign(Ed25519Keys.privateKey(signing), certificate, leaf, idKey, hpkeKey);
        Octets der = Certificates.encoded(certificate);
        Participant participant = new Participant(
                leaf,
                subject.getName(),
                idKey,
                hpkeKey,
                der,
                Certificates.hash(certificate),
                Certificates.hash(CA.certificate()),
                binding,
                Optional.empty(),
                List.of(),
                "",
                NOW,
                certificate.getNotAfter().toInstant(),
                Optional.empty());
        return new Enrolled(new MemberIdentity(leaf, signing, hpke, der, binding), participant);
    }

    static Octets issuer() {
        return Certificates.encoded(CA.certificate());
    }
}
