// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;

class AeadTest {

    private final SecretBytes key = Samples.secret(0, 32);
    private final Octets nonce = Samples.octets(1, 12);
    private final Octets associatedData = Samples.octets(2, 20);

    @ParameterizedTest
    @EnumSource
    void opensWhatItSealedAtEverySize(Aead aead) {
        for (int size : new int[] {0, 1, 15, 16, 17, 63, 64, 65, 65_535, 65_536, 65_537, 1 << 20}) {
            byte[] plaintext = Samples.counting(3, size);
            byte[] sealed = aead.seal(key, nonce, associatedData, plaintext);

            assertThat(sealed).hasSize(size + Aead.TAG_SIZE);
            assertThat(aead.open(key, nonce, associatedData, sealed)).isEqualTo(plaintext);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyChangedBitIsNoticed(Aead aead) {
        Octets sealed = Octets.of(aead.seal(key, nonce, associatedData, Samples.counting(3, 33)));
        for (int bit = 0; bit < 8 * sealed.size(); bit++) {
            Octets changed = Samples.flip(sealed, bit / 8, bit);
            assertRefused(aead, key, nonce, associatedData, changed);
        }
        for (int bit = 0; bit < 8 * associatedData.size(); bit++) {
            assertRefused(aead, key, nonce, Samples.flip(associatedData, bit / 8, bit), sealed);
        }
        for (int bit = 0; bit < 8 * nonce.size(); bit++) {
            assertRefused(aead, key, Samples.flip(nonce, bit / 8, bit), associatedData, sealed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void truncatedExtendedOrOfOtherKeyIsNoticed(Aead aead) {
        Octets sealed = Octets.of(aead.seal(key, nonce, associatedData, Samples.counting(3, 33)));
        for (int length = 0; length < sealed.size(); length++) {
            assertRefused(aead, key, nonce, associatedData, sealed.slice(0, length));
        }
        assertRefused(aead, key, nonce, associatedData, Octets.concat(sealed, Octets.of((byte) 0)));
        assertRefused(aead, Samples.secret(1, 32), nonce, associatedData, sealed);
        for (Aead other : Aead.values()) {
            if (other != aead) {
                assertRefused(other, key, nonce, associatedData, sealed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongSizesOfKeyAndNonceAreBugs(Aead aead) {
        assertThatThrownBy(() -> aead.seal(Samples.secret(0, 16), nonce, associatedData, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> aead.seal(key, Samples.octets(0, 13), associatedData, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void servesManyThreads(Aead aead) {
        IntStream.range(0, 500).parallel().forEach(i -> {
            Octets own = Octets.concat(Octets.of(new byte[4]), Octets.ofLong(i));
            byte[] sealed = aead.seal(key, own, associatedData, Samples.counting(i, i));
            assertThat(aead.open(key, own, associatedData, sealed)).isEqualTo(Samples.counting(i, i));
        });
    }

    private static void assertRefused(Aead aead, SecretBytes key, Octets nonce, Octets associatedData, Octets sealed) {
        assertThatThrownBy(() -> aead.open(key, nonce, associatedData, sealed.toByteArray()))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessage("authentication failed")
                .hasNoCause();
    }
}
