// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.SystemEntropy;

class Pkcs12Test {

    private final Entropy entropy = new SystemEntropy();
    private final Instant now = Instant.now();
    private final CertificateAuthority authority =
            CertificateAuthority.create("CA", KeyAlgorithm.P256, now, Duration.ofDays(2), entropy);
    private final char[] password = "correct horse".toCharArray();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void credentialIsReadBack(KeyAlgorithm algorithm) throws IOException {
        Credential credential = credential(algorithm);
        Path file = directory.resolve("id.p12");
        Pkcs12.save(file, credential, password, entropy);

        Credential loaded = Pkcs12.load(file, password);

        assertThat(loaded.chain()).isEqualTo(credential.chain());
        assertThat(loaded.key().getEncoded()).isEqualTo(credential.key().getEncoded());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void wrongPasswordOrChangedFileIsOneOutcome() {
        byte[] encoded = Pkcs12.encode(credential(KeyAlgorithm.ED25519), password);
        assertThatThrownBy(() -> Pkcs12.decode(encoded, "wrong".toCharArray()))
                .isInstanceOf(AuthenticationFailedException.class);
        byte[] changed = encoded.clone();
        changed[encoded.length / 2] ^= 1;
        assertThatThrownBy(() -> Pkcs12.decode(changed, password)).isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> Pkcs12.decode(new byte[0], password))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void rootsAreReadBackAndAreNoCredential() {
        var other = CertificateAuthority.create("Other", KeyAlgorithm.ED25519, now, Duration.ofDays(2), entropy);
        byte[] encoded = Pkcs12.encodeTrust(List.of(authority.certificate(), other.certificate()), password);

        assertThat(Pkcs12.decodeTrust(encoded, password))
                .containsExactlyInAnyOrder(authority.certificate(), other.certificate());
        assertThatThrownBy(() -> Pkcs12.decode(encoded, password)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void authorityIsOpenedAgain() {
        byte[] encoded = Pkcs12.encode(authority.credential(), password);
        var reopened = new CertificateAuthority(Pkcs12.decode(encoded, password), entropy);
        KeyPair keys = KeyAlgorithm.ED25519.generate(entropy);
        var certificate = reopened.issueClient(
                keys.getPublic(), Certificates.commonName("Alice"), List.of(), now, Duration.ofDays(1));
        assertThat(CertificatePath.validate(
                        List.of(certificate), TrustAnchors.of(authority.certificate()), now, Purpose.TLS_CLIENT))
                .isEqualTo(certificate);
    }

    private Credential credential(KeyAlgorithm algorithm) {
        KeyPair keys = algorithm.generate(entropy);
        var certificate = authority.issueClient(
                keys.getPublic(), Certificates.commonName("Alice"), List.of(), now, Duration.ofDays(1));
        return new Credential(keys.getPrivate(), List.of(certificate, authority.certificate()));
    }
}
