// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.Cbor;

/** The suite itself against the independent model is in {@link FrozenVectorsTest}. */
class HpkeTest {

    private final Entropy entropy = new SystemEntropy();
    private final HpkePrivateKey key = HpkePrivateKey.generate(entropy);
    private final Octets context = Cbor.encode("group", 1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 33, 1000, Hpke.MAX_PLAINTEXT})
    void opensWhatItSealed(int size) {
        SecretBytes plaintext = Samples.secret(1, size);
        Octets sealed = Hpke.seal(key.publicKey(), "test", context, plaintext, entropy);

        assertThat(sealed.size()).isEqualTo(size + Hpke.OVERHEAD);
        assertThat(Hpke.open(key, "test", context, sealed)).isEqualTo(plaintext);
    }

    @Test
    void longerThanTheLimitIsRefused() {
        SecretBytes plaintext = Samples.secret(1, Hpke.MAX_PLAINTEXT + 1);
        assertThatThrownBy(() -> Hpke.seal(key.publicKey(), "test", context, plaintext, entropy))
                .isInstanceOf(IllegalArgumentException.class);
        Octets sealed = Octets.of(new byte[Hpke.MAX_PLAINTEXT + Hpke.OVERHEAD + 1]);
        assertRefused(key, "test", context, sealed);
    }

    @Test
    void everyChangedBitIsNoticed() {
        Octets sealed = Hpke.seal(key.publicKey(), "test", context, Samples.secret(1, 32), entropy);
        for (int bit = 0; bit < 8 * sealed.size(); bit++) {
            assertRefused(key, "test", context, Samples.flip(sealed, bit / 8, bit));
        }
        for (int length = 0; length < sealed.size(); length++) {
            assertRefused(key, "test", context, sealed.slice(0, length));
        }
    }

    @Test
    void otherKeyLabelOrContextIsNoticed() {
        Octets sealed = Hpke.seal(key.publicKey(), "test", context, Samples.secret(1, 32), entropy);

        assertRefused(HpkePrivateKey.generate(entropy), "test", context, sealed);
        assertRefused(key, "tesu", context, sealed);
        assertRefused(key, "test", Cbor.encode("group", 2), sealed);
    }

    @Test
    void contextMustBeAnArray() {
        Octets text = Octets.ofHex("6161");
        assertThatThrownBy(() -> Hpke.seal(key.publicKey(), "test", text, Samples.secret(1, 32), entropy))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Protocol note R30: a recorded run can be repeated. */
    @Test
    void sameEntropyGivesTheSameBytes() {
        Octets first = Hpke.seal(
                key.publicKey(), "test", context, Samples.secret(1, 32), Samples.scripted(Samples.counting(9, 32)));
        Octets second = Hpke.seal(
                key.publicKey(), "test", context, Samples.secret(1, 32), Samples.scripted(Samples.counting(9, 32)));
        assertThat(first).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
            })
    void pointsOfSmallOrderAreRefused(String point) {
        var weak = new HpkePublicKey(Octets.ofHex(point));
        assertThatThrownBy(() -> Hpke.seal(weak, "test", context, Samples.secret(1, 32), entropy))
                .isInstanceOf(IllegalArgumentException.class);
        assertRefused(key, "test", context, Octets.concat(weak.bytes(), Samples.octets(0, 48)));
        assertThatThrownBy(() -> X25519.agree(Samples.secret(5, 32), weak.bytes()))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void servesManyThreads() {
        IntStream.range(0, 100).parallel().forEach(i -> {
            SecretBytes plaintext = Samples.secret(i, 32);
            Octets sealed = Hpke.seal(key.publicKey(), "test", context, plaintext, entropy);
            assertThat(Hpke.open(key, "test", context, sealed)).isEqualTo(plaintext);
        });
    }

    private static void assertRefused(HpkePrivateKey key, String label, Octets context, Octets sealed) {
        assertThatThrownBy(() -> Hpke.open(key, label, context, sealed))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasNoCause();
    }
}
