// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.SplittableRandom;
import javax.crypto.KeyAgreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.prng.EntropySource;
import org.bouncycastle.crypto.prng.drbg.HMacSP800DRBG;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.identity.Ed25519Keys;

/** What we take from Bouncy Castle against the JDK, and the other way round. */
class CrossOracleTest {

    private static final int ROUNDS = 40;

    private final SplittableRandom random = new SplittableRandom(20261121);

    @Test
    void ed25519() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (SigningKey key = SigningKey.of(SecretBytes.take(bytes(32)))) {
                byte[] message = bytes(i * 7);
                PrivateKey privateKey = Ed25519Keys.privateKey(key);
                PublicKey publicKey = Ed25519Keys.publicKey(key.verifyingKey());

                Signature jdk = Signature.getInstance("Ed25519");
                jdk.initSign(privateKey);
                jdk.update(message);
                byte[] signature = jdk.sign();
                assertThat(key.signBare(message)).isEqualTo(Octets.of(signature));

                jdk.initVerify(publicKey);
                jdk.update(message);
                assertThat(jdk.verify(key.signBare(message).toByteArray())).isTrue();
                assertThat(key.verifyingKey().verifyBare(message, Octets.of(signature)))
                        .isTrue();
                assertThat(Ed25519Keys.signingKey(privateKey).verifyingKey()).isEqualTo(key.verifyingKey());
                assertThat(Ed25519Keys.verifyingKey(publicKey)).isEqualTo(key.verifyingKey());
            }
        }
    }

    @Test
    void x25519() throws Exception {
        KeyFactory factory = KeyFactory.getInstance("X25519");
        Octets spki = Octets.ofHex("302a300506032b656e032100");
        for (int i = 0; i < ROUNDS; i++) {
            byte[] scalar = bytes(32);
            Octets point = X25519.publicKey(SecretBytes.take(bytes(32)));
            KeyAgreement jdk = KeyAgreement.getInstance("X25519");
            jdk.init(factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
            jdk.doPhase(
                    factory.generatePublic(
                            new X509EncodedKeySpec(Octets.concat(spki, point).toByteArray())),
                    true);

            assertThat(X25519.multiply(SecretBytes.copyOf(scalar), point))
                    .isEqualTo(SecretBytes.take(jdk.generateSecret()));
        }
    }

    @ParameterizedTest
    @EnumSource(Aead.class)
    void aead(Aead aead) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] key = bytes(32);
            byte[] nonce = bytes(12);
            byte[] associatedData = bytes(i);
            byte[] plaintext = bytes(i * 37);
            AEADCipher bouncy = aead == Aead.AES_256_GCM
                    ? GCMBlockCipher.newInstance(AESEngine.newInstance())
                    : new ChaCha20Poly1305();
            bouncy.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, associatedData));
            byte[] expected = new byte[bouncy.getOutputSize(plaintext.length)];
            bouncy.doFinal(expected, bouncy.processBytes(plaintext, 0, plaintext.length, expected, 0));

            assertThat(aead.seal(SecretBytes.take(key), Octets.of(nonce), Octets.of(associatedData), plaintext))
                    .isEqualTo(expected);
        }
    }

    @Test
    void hmacDrbg() {
        byte[] seed = bytes(32);
        var bouncy = new HMacSP800DRBG(new HMac(new SHA256Digest()), 256, fixed(seed), null, null);
        var ours = new HmacDrbg(seed);
        for (int length : new int[] {1, 31, 32, 33, 1000, 8192}) {
            byte[] expected = new byte[length];
            bouncy.generate(expected, null, false);
            byte[] actual = new byte[length];
            ours.fill(actual);
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static EntropySource fixed(byte[] seed) {
        return new EntropySource() {
            @Override
            public boolean isPredictionResistant() {
                return false;
            }

            @Override
            public byte[] getEntropy() {
                return seed.clone();
            }

            @Override
            public int entropySize() {
                return 8 * seed.length;
            }
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
