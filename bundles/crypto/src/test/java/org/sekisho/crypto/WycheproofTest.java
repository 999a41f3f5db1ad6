// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;

class WycheproofTest {

    @ParameterizedTest
    @CsvSource({"AES_256_GCM, aes_gcm_test.json", "CHACHA20_POLY1305, chacha20_poly1305_test.json"})
    void aead(Aead aead, String file) throws IOException {
        int run = 0;
        for (JsonNode group : Wycheproof.file(file).get("testGroups")) {
            boolean ours = group.get("keySize").asInt() == 256
                    && group.get("ivSize").asInt() == 96
                    && group.get("tagSize").asInt() == 128;
            for (JsonNode test : group.get("tests")) {
                if (ours) {
                    aeadCase(aead, test);
                    run++;
                }
            }
        }
        assertThat(run).isGreaterThan(60);
    }

    private static void aeadCase(Aead aead, JsonNode test) {
        SecretBytes key = SecretBytes.take(Wycheproof.hex(test, "key").toByteArray());
        Octets nonce = Wycheproof.hex(test, "iv");
        Octets associatedData = Wycheproof.hex(test, "aad");
        byte[] plaintext = Wycheproof.hex(test, "msg").toByteArray();
        byte[] sealed = Octets.concat(Wycheproof.hex(test, "ct"), Wycheproof.hex(test, "tag"))
                .toByteArray();
        if (Wycheproof.valid(test)) {
            assertThat(aead.seal(key, nonce, associatedData, plaintext))
                    .as("%s", test)
                    .isEqualTo(sealed);
            assertThat(aead.open(key, nonce, associatedData, sealed))
                    .as("%s", test)
                    .isEqualTo(plaintext);
        } else {
            assertThatThrownBy(() -> aead.open(key, nonce, associatedData, sealed))
                    .as("%s", test)
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void ed25519() throws IOException {
        for (JsonNode group : Wycheproof.file("ed25519_test.json").get("testGroups")) {
            VerifyingKey key = VerifyingKey.of(Wycheproof.hex(group.get("publicKey"), "pk"));
            for (JsonNode test : group.get("tests")) {
                assertThat(key.verifyBare(Wycheproof.hex(test, "msg").toByteArray(), Wycheproof.hex(test, "sig")))
                        .as("%s", test)
                        .isEqualTo(Wycheproof.valid(test));
            }
        }
    }

    @Test
    void hkdf() throws IOException {
        for (JsonNode group : Wycheproof.file("hkdf_sha256_test.json").get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                byte[] key = Hkdf.extract(
                        Wycheproof.hex(test, "salt").toByteArray(),
                        Wycheproof.hex(test, "ikm").toByteArray());
                byte[] info = Wycheproof.hex(test, "info").toByteArray();
                int size = test.get("size").asInt();
                if (Wycheproof.valid(test)) {
                    assertThat(Octets.of(Hkdf.expand(key, info, size)))
                            .as("%s", test)
                            .isEqualTo(Wycheproof.hex(test, "okm"));
                } else {
                    assertThatThrownBy(() -> Hkdf.expand(key, info, size))
                            .as("%s", test)
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }

    @Test
    void hmac() throws IOException {
        for (JsonNode group : Wycheproof.file("hmac_sha256_test.json").get("testGroups")) {
            boolean ours = group.get("tagSize").asInt() == 256;
            for (JsonNode test : group.get("tests")) {
                SecretBytes key = SecretBytes.take(Wycheproof.hex(test, "key").toByteArray());
                boolean verified = HmacSha256.verify(key, Wycheproof.hex(test, "msg"), Wycheproof.hex(test, "tag"));
                assertThat(verified).as("%s", test).isEqualTo(ours && Wycheproof.valid(test));
            }
        }
    }

    /** "acceptable" marks odd points that RFC 7748 computes with all the same, except where the result is zero. */
    @Test
    void x25519() throws IOException {
        for (JsonNode group : Wycheproof.file("x25519_test.json").get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                SecretBytes scalar =
                        SecretBytes.take(Wycheproof.hex(test, "private").toByteArray());
                Octets point = Wycheproof.hex(test, "public");
                Octets shared = Wycheproof.hex(test, "shared");
                if (ConstantTime.isZero(shared.toByteArray())) {
                    assertThatThrownBy(() -> X25519.multiply(scalar, point))
                            .as("%s", test)
                            .isInstanceOf(AuthenticationFailedException.class);
                } else {
                    assertThat(Octets.of(X25519.multiply(scalar, point).expose()))
                            .as("%s", test)
                            .isEqualTo(shared);
                }
            }
        }
    }
}
