// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.sekisho.api.LeafId;
import org.sekisho.crypto.SystemEntropy;

class LeafIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final SystemEntropy ENTROPY = new SystemEntropy();
    private static final X500Principal ALICE = new X500Principal("CN=Alice");

    private final CertificateAuthority authority =
            CertificateAuthority.create("A", KeyAlgorithm.P256, NOW, Duration.ofDays(9), ENTROPY);
    private final LeafId leaf = LeafIds.newDevice(authority.certificate(), ALICE, ENTROPY);

    @Test
    void member_is_of_authority_and_subject() {
        var other = CertificateAuthority.create("A", KeyAlgorithm.P256, NOW, Duration.ofDays(9), ENTROPY);
        assertThat(LeafIds.member(authority.certificate(), new X500Principal("CN=Alice")))
                .isEqualTo(leaf.memberId())
                .isNotEqualTo(LeafIds.member(other.certificate(), ALICE))
                .isNotEqualTo(LeafIds.member(authority.certificate(), new X500Principal("CN=Bob")));
    }

    @Test
    void leaf_is_read_back_from_the_certificate() {
        assertThat(LeafIds.in(certificate(LeafIds.uri(leaf)))).contains(leaf);
    }

    @Test
    void other_names_are_no_leaves() {
        assertThat(LeafIds.in(certificate())).isEmpty();
        assertThat(LeafIds.in(certificate("urn:sekisho:leaf:12"))).isEmpty();
        assertThat(LeafIds.in(certificate("https://example.com"))).isEmpty();
        assertThat(LeafIds.in(certificate(LeafIds.uri(leaf), LeafIds.uri(leaf))))
                .isEmpty();
    }

    private X509Certificate certificate(String... uris) {
        var keys = KeyAlgorithm.ED25519.generate(ENTROPY);
        return authority.issueClient(keys.getPublic(), ALICE, List.of(uris), NOW, Duration.ofDays(1));
    }
}
