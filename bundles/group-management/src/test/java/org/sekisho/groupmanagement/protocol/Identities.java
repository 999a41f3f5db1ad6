// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.sekisho.api.Octets;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafBinding;

/** Certificates for the leaves of a {@link World}. */
final class Identities {

    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final CertificateAuthority CA = authority("Test CA");

    private Identities() {}

    static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(
                name, KeyAlgorithm.ED25519, START, Duration.ofDays(400), Node.seeded(name, new long[1]));
    }

    static X509Certificate issuer() {
        return CA.certificate();
    }

    static X509Certificate certificate(Node node) {
        return CA.issueClient(
                Ed25519Keys.publicKey(node.idKey.verifyingKey()),
                new X500Principal("CN=" + node.id() + ",O=Test"),
                List.of(),
                START,
                Duration.ofDays(300));
    }

    static Octets accept(Node node, Octets invitation) {
        X509Certificate certificate = certificate(node);
        Octets idKey = node.idKey.verifyingKey().bytes();
        Octets hpkeKey = node.hpkeKey.publicKey().bytes();
        Octets binding = LeafBinding.sign(Ed25519Keys.privateKey(node.idKey), certificate, node.id(), idKey, hpkeKey);
        return Joiner.accept(
                invitation,
                node.id(),
                idKey,
                hpkeKey,
                Certificates.encoded(certificate),
                binding,
                List.of(Certificates.encoded(issuer())));
    }
}
