// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.directory.Participant;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.groups.member.MemberIdentity;

/** An authority, the participants it certified, and the directory that lists them. */
public final class People {

    private static final SystemEntropy ENTROPY = new SystemEntropy();

    private final Instant now;
    private final CertificateAuthority authority;
    private final Map<LeafId, Participant> directory = new HashMap<>();

    public People(Instant now) {
        this.now = now;
        this.authority = CertificateAuthority.create("Test", KeyAlgorithm.P256, now, Duration.ofDays(999), ENTROPY);
    }

    public MemberIdentity enrol(String name) {
        var keys = KeyAlgorithm.ED25519.generate(ENTROPY);
        var subject = Certificates.commonName(name);
        LeafId leaf = LeafIds.newDevice(authority.certificate(), subject, ENTROPY);
        X509Certificate certificate =
                authority.issueClient(keys.getPublic(), subject, List.of(LeafIds.uri(leaf)), now, Duration.ofDays(365));
        var signing = Ed25519Keys.signingKey(keys.getPrivate());
        var hpke = HpkePrivateKey.generate(ENTROPY);
        Octets idKey = signing.verifyingKey().bytes();
        Octets hpkeKey = hpke.publicKey().bytes();
        Octets binding = LeafBinding.sign(keys.getPrivate(), certificate, leaf, idKey, hpkeKey);
        directory.put(
                leaf,
                new Participant(
                        leaf,
                        subject.getName(),
                        idKey,
                        hpkeKey,
                        Certificates.encoded(certificate),
                        Certificates.hash(certificate),
                        Certificates.hash(authority.certificate()),
                        binding,
                        Optional.empty(),
                        List.of(),
                        "",
                        now,
                        now.plus(Duration.ofDays(365)),
                        Optional.empty()));
        return new MemberIdentity(leaf, signing, hpke, Certificates.encoded(certificate), binding);
    }

    public Optional<Participant> find(LeafId leaf) {
        return Optional.ofNullable(directory.get(leaf));
    }

    public X509Certificate root() {
        return authority.certificate();
    }

    public Hash rootHash() {
        return Certificates.hash(authority.certificate());
    }
}
