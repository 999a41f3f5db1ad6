// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.Octets;

class SigningKeyTest {

    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final SigningKey key = SigningKey.of(Samples.secret(7, 32));
    private final VerifyingKey verifier = key.verifyingKey();
    private final Octets message = Octets.utf8("message");
    private final Octets signature = key.sign("test", message);

    @Test
    void verifiesItsOwn() {
        assertThat(verifier.verify("test", message, signature)).isTrue();
        verifier.require("test", message, signature);
        assertThat(VerifyingKey.of(verifier.bytes())).isEqualTo(verifier).hasSameHashCodeAs(verifier);
    }

    @Test
    void everyChangedBitIsNoticed() {
        for (int bit = 0; bit < 512; bit++) {
            assertThat(verifier.verify("test", message, Samples.flip(signature, bit / 8, bit)))
                    .isFalse();
        }
        for (int bit = 0; bit < 8 * message.size(); bit++) {
            assertThat(verifier.verify("test", Samples.flip(message, bit / 8, bit), signature))
                    .isFalse();
        }
    }

    @Test
    void otherLabelKeyOrLengthIsNoticed() {
        assertThat(verifier.verify("tesu", message, signature)).isFalse();
        assertThat(verifier.verify("tes", Octets.utf8("t\0message"), signature)).isFalse();
        assertThat(SigningKey.of(Samples.secret(8, 32)).verifyingKey().verify("test", message, signature))
                .isFalse();
        assertThat(verifier.verify("test", message, Octets.EMPTY)).isFalse();
        assertThat(verifier.verify("test", message, signature.slice(0, 63))).isFalse();
        assertThat(verifier.verify("test", message, Octets.concat(signature, Octets.of((byte) 0))))
                .isFalse();
        assertThatThrownBy(() -> verifier.require("tesu", message, signature))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void signatureWithScalarBeyondTheOrderIsRefused() {
        byte[] changed = signature.toByteArray();
        byte[] scalar = new byte[32];
        for (int i = 0; i < 32; i++) {
            scalar[31 - i] = changed[32 + i];
        }
        byte[] larger = new BigInteger(1, scalar).add(ORDER).toByteArray();
        for (int i = 0; i < 32; i++) {
            changed[32 + i] = i < larger.length ? larger[larger.length - 1 - i] : 0;
        }
        assertThat(verifier.verify("test", message, Octets.of(changed))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void keysOfSmallOrderOrOffTheCurveAreRefused(String hex) {
        Octets bytes = Octets.ofHex(hex);
        assertThatThrownBy(() -> VerifyingKey.of(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "caf\u00e9", "a\u0000b"})
    void labelsAreAsciiWithoutNul(String label) {
        assertThatThrownBy(() -> key.sign(label, message)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closedKeySignsNoMore() {
        SigningKey closed = SigningKey.of(Samples.secret(7, 32));
        closed.close();
        assertThatThrownBy(() -> closed.sign("test", message)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void servesManyThreads() {
        IntStream.range(0, 200).parallel().forEach(i -> {
            Octets own = Octets.ofLong(i);
            assertThat(verifier.verify("test", own, key.sign("test", own))).isTrue();
        });
    }
}
