// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sekisho.directory.Gateway.ENTROPY;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.RejectedException;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafIds;

/** Members are of one authority each. */
class OtherAuthorityTest {

    private final CertificateAuthority other = CertificateAuthority.create(
            "Other", KeyAlgorithm.P256, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(3650), ENTROPY);
    private final Gateway gateway = new Gateway(other.certificate());

    @Test
    void a_foreign_root_shown_behind_the_certificate_makes_nobody_its_member() {
        Gateway.Person mallory = gateway.person();
        var subject = new X500Principal("CN=Bob");
        X509Certificate certificate = gateway.enterprise.issueClient(
                mallory.keys.getPublic(), subject, List.of(), gateway.clock.instant(), Duration.ofDays(1));
        Caller caller = gateway.directory.authenticate(List.of(certificate, other.certificate()));
        LeafId bob = LeafIds.newDevice(other.certificate(), subject, ENTROPY);

        assertThatThrownBy(() -> gateway.directory.register(caller, mallory.registering(bob, certificate)))
                .isInstanceOf(RejectedException.class);
        LeafId own = LeafIds.newDevice(gateway.enterprise.certificate(), subject, ENTROPY);
        assertThat(gateway.directory
                        .register(caller, mallory.registering(own, certificate))
                        .issuerHash())
                .isEqualTo(Certificates.hash(gateway.enterprise.certificate()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=Alice",
                "cn=Alice , o=Example\\, Inc.,c=JP",
                "CN=\u304b\u3099\u304f,O=\u4f8b",
                "CN=a+UID=7,DC=example,DC=org",
                "EMAILADDRESS=a@example.org,CN=A"
            })
    void whoever_is_enrolled_is_of_whom_its_certificate_names(String subject) {
        Enrolment enrolment = gateway.person().enrol(subject);
        X509Certificate certificate = Certificates.parse(enrolment.certificate());

        assertThat(LeafIds.isOf(enrolment.leaf(), certificate, gateway.authority.certificate()))
                .isTrue();
    }
}
