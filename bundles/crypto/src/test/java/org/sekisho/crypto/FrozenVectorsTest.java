// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;

/** Answers of the independent Python model; a change of one is a change of the wire format. */
class FrozenVectorsTest {

    @Test
    void kdf() {
        SecretBytes key = Samples.secret(0, 32);

        assertThat(Kdf.derive(key, "test", 48, 1, "a", new byte[] {2}, null)).isEqualTo(frozen("kdf"));
        assertThat(Kdf.derive(key, "test", Cbor.encode(1, "a", new byte[] {2}, null), 48))
                .isEqualTo(frozen("kdf"));
        assertThat(Kdf.extract(Samples.octets(0x40, 16), key)).isEqualTo(frozen("extract"));
        assertThat(Kdf.extract(Samples.secret(0x40, 16), key)).isEqualTo(frozen("extract"));
    }

    @Test
    void signature() {
        SigningKey key = SigningKey.of(Samples.secret(0x20, 32));

        assertThat(key.sign("test", Octets.utf8("message"))).isEqualTo(Samples.frozen("sign"));
    }

    @Test
    void agreement() {
        Octets point = X25519.publicKey(Samples.secret(0x60, 32));

        assertThat(X25519.agree(Samples.secret(0x80, 32), point)).isEqualTo(frozen("agree"));
    }

    @Test
    void hpke() {
        HpkePrivateKey key = HpkePrivateKey.of(Samples.secret(0x60, 32));
        Octets context = Cbor.encode(1, "a");
        SecretBytes plaintext = SecretBytes.take(Octets.utf8("secret to seal").toByteArray());

        Octets sealed =
                Hpke.seal(key.publicKey(), "test", context, plaintext, Samples.scripted(Samples.counting(0x80, 32)));

        assertThat(sealed).isEqualTo(Samples.frozen("hpke"));
        assertThat(Hpke.open(key, "test", context, sealed)).isEqualTo(plaintext);
    }

    @Test
    void naxosRandom() {
        try (var random = new NaxosRandom(Samples.secret(0, 32), Samples.scripted(Samples.counting(0xa0, 64)))) {
            assertThat(Octets.of(random.next(100))).isEqualTo(Samples.frozen("naxos"));
        }
    }

    private static SecretBytes frozen(String name) {
        return SecretBytes.take(Samples.frozen(name).toByteArray());
    }
}
