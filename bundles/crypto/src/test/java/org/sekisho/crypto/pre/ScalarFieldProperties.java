// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sekisho.api.SecretBytes;

/** Against java.math; {@code -Dsekisho.seed=N} repeats a run, {@code -Dsekisho.scalars=100000} makes it longer. */
class ScalarFieldProperties {

    static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    static final int SCALARS = Integer.getInteger("sekisho.scalars", 5_000);

    private static final BigInteger EIGHTH = BigInteger.valueOf(8).modInverse(ORDER);
    private static final long SEED = Long.getLong("sekisho.seed", new SplittableRandom().nextLong());

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void arithmetic_is_that_of_integers() {
        for (int i = 0; i < SCALARS; i++) {
            byte[] wide = new byte[64];
            random.nextBytes(wide);
            BigInteger a = number();
            BigInteger b = number();

            assertThat(ScalarField.reduce(wide))
                    .as("seed %d", SEED)
                    .isEqualTo(bytes(integer(wide).mod(ORDER)));
            assertThat(ScalarField.multiply(bytes(a), bytes(b)))
                    .as("seed %d", SEED)
                    .isEqualTo(bytes(a.multiply(b).mod(ORDER)));
            if (a.signum() != 0) {
                assertThat(ScalarField.negate(bytes(a))).isEqualTo(bytes(ORDER.subtract(a)));
                assertThat(ScalarField.invert(bytes(a))).as("seed %d", SEED).isEqualTo(bytes(a.modInverse(ORDER)));
            }
        }
    }

    @Test
    void edges() {
        byte[] all = new byte[64];
        java.util.Arrays.fill(all, (byte) 0xff);
        assertThat(ScalarField.reduce(all)).isEqualTo(bytes(integer(all).mod(ORDER)));
        assertThat(ScalarField.canonical(bytes(ORDER.subtract(BigInteger.ONE)))).isTrue();
        assertThat(ScalarField.canonical(bytes(ORDER))).isFalse();
        assertThat(ScalarField.canonical(java.util.Arrays.copyOf(all, 32))).isFalse();
        assertThat(ScalarField.invert(new byte[32])).isEqualTo(new byte[32]);
    }

    /** pre_rep_is_clamp_fixed_point_100k */
    @Test
    void pre_rep_is_clamp_fixed_point() {
        for (int i = 0; i < SCALARS; i++) {
            BigInteger s = number();
            Optional<SecretBytes> representative = Scalars.representative(bytes(s));
            if (s.min(ORDER.subtract(s)).bitLength() < 130) {
                continue; // small numbers are among those without one
            }
            byte[] rep = representative.orElseThrow().expose();
            assertThat(rep[0] & 7).isZero();
            assertThat(rep[31] & 0xc0).isEqualTo(0x40);
            BigInteger t = integer(rep).shiftRight(3);
            BigInteger expected = s.multiply(EIGHTH).mod(ORDER);
            assertThat(t).as("seed %d", SEED).isIn(expected, ORDER.subtract(expected));
        }
    }

    @Test
    void scalars_without_representative_are_refused() {
        assertThat(Scalars.representative(new byte[32])).isEmpty();
        assertThat(Scalars.representative(bytes(BigInteger.valueOf(40)))).isEmpty();
        assertThat(Scalars.representative(bytes(ORDER.subtract(BigInteger.valueOf(24)))))
                .isEmpty();
        assertThat(Scalars.representative(bytes(ORDER.add(BigInteger.ONE)))).isEmpty();
        assertThat(Scalars.representative(bytes(BigInteger.ONE))).isPresent();
    }

    private BigInteger number() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return switch (random.nextInt(50)) {
            case 0 -> BigInteger.valueOf(random.nextInt(1000));
            case 1 -> ORDER.subtract(BigInteger.valueOf(1 + random.nextInt(1000)));
            default -> integer(bytes).mod(ORDER);
        };
    }

    static BigInteger integer(byte[] little) {
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    static byte[] bytes(BigInteger value) {
        byte[] little = new byte[32];
        for (int i = 0; i < 32; i++) {
            little[i] = value.shiftRight(8 * i).byteValue();
        }
        return little;
    }
}
