// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.MalformedException;

class KdfTest {

    private final SecretBytes key = Samples.secret(0, 32);

    @Test
    void labelContextLengthAndKeySeparate() {
        SecretBytes reference = Kdf.derive(key, "a", 32, 1);

        assertThat(Kdf.derive(key, "a", 32, 1)).isEqualTo(reference);
        assertThat(Kdf.derive(key, "b", 32, 1)).isNotEqualTo(reference);
        assertThat(Kdf.derive(key, "a", 32, 2)).isNotEqualTo(reference);
        assertThat(Kdf.derive(key, "a", 32, 1, 1)).isNotEqualTo(reference);
        assertThat(Kdf.derive(Samples.secret(1, 32), "a", 32, 1)).isNotEqualTo(reference);
        assertThat(SecretBytes.take(Octets.of(Kdf.derive(key, "a", 33, 1).expose())
                        .slice(0, 32)
                        .toByteArray()))
                .isNotEqualTo(reference);
    }

    @Test
    void shortKeysAreRefused() {
        SecretBytes password = Samples.secret(0, 31);
        assertThatThrownBy(() -> Kdf.derive(password, "a", 32)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contextMustBeOneEncodedArray() {
        assertThatThrownBy(() -> Kdf.derive(key, "a", Octets.ofHex("01"), 32))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Kdf.derive(key, "a", Octets.ofHex("8101ff"), 32))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void lengthIsLimited() {
        assertThat(Kdf.derive(key, "a", Hkdf.MAX_OUTPUT).size()).isEqualTo(Hkdf.MAX_OUTPUT);
        assertThatThrownBy(() -> Kdf.derive(key, "a", Hkdf.MAX_OUTPUT + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hashOfAnArrayIsTheHashOfItsEncoding() {
        assertThat(Sha256.hashArray("group", Octets.EMPTY, 1))
                .isEqualTo(Sha256.hash(Octets.ofHex("836567726f75704001")));
    }
}
