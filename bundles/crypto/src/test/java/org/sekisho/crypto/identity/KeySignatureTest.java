// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;

class KeySignatureTest {

    private final Entropy entropy = new SystemEntropy();
    private final Octets message = Octets.utf8("message");

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519:255", "EC:256", "EC:384", "RSA:2048", "RSASSA-PSS:2048"})
    void everyKindSignsAndVerifies(String kind) throws GeneralSecurityException {
        KeyPair keys = keys(kind);
        Octets signature = KeySignature.sign(keys.getPrivate(), "test", message);

        assertThat(KeySignature.verify(keys.getPublic(), "test", message, signature))
                .isTrue();
        assertThat(KeySignature.verify(keys.getPublic(), "tesu", message, signature))
                .isFalse();
        assertThat(KeySignature.verify(keys(kind).getPublic(), "test", message, signature))
                .isFalse();
        assertThat(KeySignature.verify(keys.getPublic(), "test", message, Octets.EMPTY))
                .isFalse();
        for (int at = 0; at < signature.size(); at++) {
            assertThat(KeySignature.verify(keys.getPublic(), "test", message, Samples.flip(signature, at, at)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA:1024", "DSA:2048", "Ed448:448"})
    void weakOrUnknownKindsAreRefused(String kind) throws GeneralSecurityException {
        KeyPair keys = keys(kind);
        assertThatThrownBy(() -> KeySignature.sign(keys.getPrivate(), "test", message))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(KeySignature.verify(keys.getPublic(), "test", message, Octets.of(new byte[64])))
                .isFalse();
    }

    /** A participant's certificate key and its identity key are the same key, and so are the signatures. */
    @Test
    void ed25519IsTheSameAsTheSigningKeys() {
        SigningKey key = SigningKey.generate(entropy);
        assertThat(KeySignature.sign(Ed25519Keys.privateKey(key), "test", message))
                .isEqualTo(key.sign("test", message));
    }

    @Test
    void bindingHoldsForItsLeafKeysAndCertificateOnly() {
        Instant now = Instant.now();
        var authority = CertificateAuthority.create("CA", KeyAlgorithm.P256, now, Duration.ofDays(2), entropy);
        KeyPair keys = KeyAlgorithm.P256.generate(entropy);
        X509Certificate certificate = issue(authority, keys, now);
        X509Certificate renewed = issue(authority, keys, now);
        LeafId leaf = new LeafId(Samples.octets(1, 32));
        Octets idKey = Samples.octets(2, 32);
        Octets hpkeKey = Samples.octets(3, 32);

        Octets binding = LeafBinding.sign(keys.getPrivate(), certificate, leaf, idKey, hpkeKey);

        assertThat(LeafBinding.verify(certificate, leaf, idKey, hpkeKey, binding))
                .isTrue();
        assertThat(LeafBinding.verify(renewed, leaf, idKey, hpkeKey, binding)).isFalse();
        assertThat(LeafBinding.verify(certificate, leaf, hpkeKey, idKey, binding))
                .isFalse();
        assertThat(LeafBinding.verify(certificate, new LeafId(Samples.octets(9, 32)), idKey, hpkeKey, binding))
                .isFalse();
    }

    private X509Certificate issue(CertificateAuthority authority, KeyPair keys, Instant now) {
        return authority.issueClient(
                keys.getPublic(), Certificates.commonName("Alice"), List.of(), now, Duration.ofDays(1));
    }

    private static KeyPair keys(String kind) throws GeneralSecurityException {
        String[] parts = kind.split(":");
        KeyPairGenerator generator = KeyPairGenerator.getInstance(parts[0]);
        if (!parts[0].startsWith("Ed")) {
            generator.initialize(Integer.parseInt(parts[1]));
        }
        return generator.generateKeyPair();
    }
}
