// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.membership.Joiner;
import org.sekisho.membership.wire.Certification;
import org.sekisho.testkit.scheme.Node;

/** Certificates for the leaves of a {@link World}. */
final class Identities {

    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final CertificateAuthority CA = authority("Test CA");

    private static final Map<Integer, LeafId> LEAVES = new ConcurrentHashMap<>();
    private static final Map<LeafId, X500Principal> SUBJECTS = new ConcurrentHashMap<>();

    private Identities() {}

    /** The i-th member's leaf, with a name that makes it the i-th of any roster as well. */
    static LeafId leaf(int i) {
        return LEAVES.computeIfAbsent(i, Identities::named);
    }

    private static LeafId named(int i) {
        Octets device = Sha256.hashArray("leaf", i).value().slice(0, 16);
        for (int attempt = 0; ; attempt++) {
            X500Principal subject = new X500Principal("CN=member " + i + " of attempt " + attempt + ",O=Test");
            var leaf = new LeafId(Octets.concat(LeafIds.member(issuer(), subject), device));
            if (leaf.value().toByteArray()[0] == (byte) i) {
                SUBJECTS.put(leaf, subject);
                return leaf;
            }
        }
    }

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
                SUBJECTS.get(node.id()),
                List.of(),
                START,
                Duration.ofDays(300));
    }

    /** The node's certificate says that {@code leaf} has the node's keys. */
    static Certification vouch(Node node, LeafId leaf) {
        return vouch(node, certificate(node), leaf, issuer());
    }

    /** A certificate of the same name by an authority of the node's own. */
    static Certification underOtherAuthority(Node node) {
        CertificateAuthority own = authority("Own CA");
        X509Certificate certificate = own.issueClient(
                Ed25519Keys.publicKey(node.idKey.verifyingKey()),
                SUBJECTS.get(node.id()),
                List.of(),
                START,
                Duration.ofDays(300));
        return vouch(node, certificate, node.id(), own.certificate());
    }

    private static Certification vouch(Node node, X509Certificate certificate, LeafId leaf, X509Certificate issuer) {
        Octets idKey = node.idKey.verifyingKey().bytes();
        Octets hpkeKey = node.hpkeKey.publicKey().bytes();
        Octets binding = LeafBinding.sign(Ed25519Keys.privateKey(node.idKey), certificate, leaf, idKey, hpkeKey);
        return new Certification(Certificates.encoded(certificate), binding, List.of(Certificates.encoded(issuer)));
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
