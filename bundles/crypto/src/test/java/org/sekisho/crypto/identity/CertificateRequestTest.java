// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateRejectedException.Reason;

class CertificateRequestTest {

    private final Entropy entropy = new SystemEntropy();

    @ParameterizedTest
    @EnumSource
    void isReadAndVerified(KeyAlgorithm algorithm) {
        KeyPair keys = algorithm.generate(entropy);
        Octets der = CertificateRequest.build(keys, Certificates.commonName("Alice"));

        CertificateRequest request = CertificateRequest.parse(der);

        assertThat(request.key()).isEqualTo(keys.getPublic());
        assertThat(request.subject()).isEqualTo(Certificates.commonName("Alice"));
    }

    @Test
    void everyChangedBitIsRefused() {
        KeyPair keys = KeyAlgorithm.ED25519.generate(entropy);
        Octets der = CertificateRequest.build(keys, Certificates.commonName("Alice"));
        for (int bit = 0; bit < 8 * der.size(); bit++) {
            Octets changed = Samples.flip(der, bit / 8, bit);
            assertThatThrownBy(() -> CertificateRequest.parse(changed))
                    .as("bit %d", bit)
                    .isInstanceOf(CertificateRejectedException.class);
        }
    }

    @Test
    void keyOfAnotherIsRefused() {
        KeyPair own = KeyAlgorithm.ED25519.generate(entropy);
        KeyPair victim = KeyAlgorithm.ED25519.generate(entropy);
        Octets der = CertificateRequest.build(
                new KeyPair(victim.getPublic(), own.getPrivate()), Certificates.commonName("Victim"));
        assertRejected(Reason.NOT_POSSESSED, der);
    }

    @Test
    void weakKeyIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        assertRejected(
                Reason.WEAK, CertificateRequest.build(generator.generateKeyPair(), Certificates.commonName("Weak")));
    }

    @Test
    void rsaOfFullSizeIsAccepted() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Octets der = CertificateRequest.build(keys, Certificates.commonName("Enterprise"));
        assertThat(CertificateRequest.parse(der).key()).isEqualTo(keys.getPublic());
    }

    @Test
    void longOrTrailingInputIsRefused() {
        Octets der = CertificateRequest.build(KeyAlgorithm.ED25519.generate(entropy), Certificates.commonName("A"));
        assertRejected(Reason.MALFORMED, Octets.concat(der, Octets.of((byte) 0)));
        assertRejected(Reason.MALFORMED, Octets.of(new byte[CertificateRequest.MAX_SIZE + 1]));
        assertRejected(Reason.MALFORMED, Octets.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice", "a,CN=root", "a+b=c\"<>;\\", " blanks ", "#hash", "関所", "a\nb"})
    void namesOfAnyCharactersAreOneCommonName(String name) {
        assertThat(Certificates.displayName(Certificates.commonName(name))).isEqualTo(name);
    }

    private static void assertRejected(Reason reason, Octets der) {
        assertThatThrownBy(() -> CertificateRequest.parse(der))
                .isInstanceOfSatisfying(CertificateRejectedException.class, e -> assertThat(e.reason())
                        .isEqualTo(reason));
    }
}
