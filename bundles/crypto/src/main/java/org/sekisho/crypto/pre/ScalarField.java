// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import java.util.Arrays;
import java.util.function.Supplier;
import org.sekisho.crypto.CryptoBugException;

/**
 * Arithmetic modulo the order of the prime-order subgroup, {@code l = 2^252 + 27742317777372353535851937790883648493}.
 * Elements are 32 bytes, little-endian, below l.
 *
 * <p>Montgomery form over eight limbs of 32 bits; neither branches nor indices depend on a value. Every temporary is
 * erased.
 */
final class ScalarField {

    static final int SIZE = 32;

    private static final int LIMBS = 8;
    private static final long LOW = 0xffffffffL;

    private static final int[] ORDER = {
        0x5cf5d3ed, 0x5812631a, 0xa2f79cd6, 0x14def9de, 0x00000000, 0x00000000, 0x00000000, 0x10000000
    };

    /** {@code -1/l mod 2^32}. */
    private static final int FACTOR = factor();

    /** {@code 2^512 mod l}. */
    private static final int[] SQUARED_RADIX = squaredRadix();

    private ScalarField() {}

    static byte[] multiply(byte[] a, byte[] b) {
        int[] x = limbs(a, 0);
        int[] y = limbs(b, 0);
        int[] lifted = montgomery(x, SQUARED_RADIX);
        return erasing(() -> bytes(montgomery(lifted, y)), x, y, lifted);
    }

    /** {@code a^(l - 2)}; the inverse of zero is zero. */
    static byte[] invert(byte[] a) {
        int[] plain = limbs(a, 0);
        int[] base = montgomery(plain, SQUARED_RADIX);
        int[] one = new int[LIMBS];
        one[0] = 1;
        int[] power = montgomery(one, SQUARED_RADIX);
        for (int bit = 252; bit >= 0; bit--) {
            power = replaced(power, montgomery(power, power));
            if (exponentBit(bit)) {
                power = replaced(power, montgomery(power, base));
            }
        }
        int[] result = power;
        return erasing(() -> bytes(montgomery(result, one)), plain, base, result);
    }

    /** The value of 64 bytes, little-endian, modulo l. */
    static byte[] reduce(byte[] wide) {
        if (wide.length != 2 * SIZE) {
            throw new IllegalArgumentException("64 bytes");
        }
        int[] low = limbs(wide, 0);
        int[] high = limbs(wide, SIZE);
        int[] one = new int[LIMBS];
        one[0] = 1;
        int[] lowLifted = montgomery(low, SQUARED_RADIX);
        int[] lowReduced = montgomery(lowLifted, one);
        int[] highLifted = montgomery(high, SQUARED_RADIX);
        int[] sum = new int[LIMBS];
        return erasing(
                () -> {
                    long carry = 0;
                    for (int i = 0; i < LIMBS; i++) {
                        carry += (lowReduced[i] & LOW) + (highLifted[i] & LOW);
                        sum[i] = (int) carry;
                        carry >>>= 32;
                    }
                    subtractOrder(sum, 0);
                    return bytes(sum);
                },
                low,
                high,
                lowLifted,
                lowReduced,
                highLifted,
                sum);
    }

    /** {@code l - a}, for {@code a} that is not zero. */
    static byte[] negate(byte[] a) {
        int[] x = limbs(a, 0);
        int[] difference = new int[LIMBS];
        long borrow = 0;
        for (int i = 0; i < LIMBS; i++) {
            borrow += (ORDER[i] & LOW) - (x[i] & LOW);
            difference[i] = (int) borrow;
            borrow >>= 32;
        }
        return erasing(() -> bytes(difference), x, difference);
    }

    /** Whether {@code a} is below l, whatever it came from. */
    static boolean canonical(byte[] a) {
        int[] x = limbs(a, 0);
        long borrow = 0;
        for (int i = 0; i < LIMBS; i++) {
            borrow += (x[i] & LOW) - (ORDER[i] & LOW);
            borrow >>= 32;
        }
        Arrays.fill(x, 0);
        return borrow != 0;
    }

    private static boolean exponentBit(int bit) {
        int limb = bit / 32;
        int value = limb == 0 ? ORDER[0] - 2 : ORDER[limb];
        return (value >>> bit % 32 & 1) == 1;
    }

    /** {@code a * b / 2^256 mod l}, for {@code a} below 2^256 and {@code b} below l. */
    private static int[] montgomery(int[] a, int[] b) {
        int[] sum = new int[LIMBS];
        long top = 0;
        for (int i = 0; i < LIMBS; i++) {
            long carry = 0;
            for (int j = 0; j < LIMBS; j++) {
                carry += (a[i] & LOW) * (b[j] & LOW) + (sum[j] & LOW);
                sum[j] = (int) carry;
                carry >>>= 32;
            }
            top += carry;
            long quotient = sum[0] * FACTOR & LOW;
            carry = quotient * (ORDER[0] & LOW) + (sum[0] & LOW) >>> 32;
            for (int j = 1; j < LIMBS; j++) {
                carry += quotient * (ORDER[j] & LOW) + (sum[j] & LOW);
                sum[j - 1] = (int) carry;
                carry >>>= 32;
            }
            top += carry;
            sum[LIMBS - 1] = (int) top;
            top >>>= 32;
        }
        subtractOrder(sum, (int) top);
        return sum;
    }

    /** Takes l away once if the value, with {@code top} above it, is not below l. */
    private static void subtractOrder(int[] value, int top) {
        int[] difference = new int[LIMBS];
        long borrow = 0;
        for (int i = 0; i < LIMBS; i++) {
            borrow += (value[i] & LOW) - (ORDER[i] & LOW);
            difference[i] = (int) borrow;
            borrow >>= 32;
        }
        int keep = (int) (borrow + top >> 32);
        for (int i = 0; i < LIMBS; i++) {
            value[i] = value[i] & keep | difference[i] & ~keep;
        }
        Arrays.fill(difference, 0);
    }

    private static int[] limbs(byte[] bytes, int at) {
        int[] limbs = new int[LIMBS];
        for (int i = 0; i < SIZE; i++) {
            limbs[i / 4] |= (bytes[at + i] & 0xff) << 8 * (i % 4);
        }
        return limbs;
    }

    private static byte[] bytes(int[] limbs) {
        byte[] bytes = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = (byte) (limbs[i / 4] >>> 8 * (i % 4));
        }
        Arrays.fill(limbs, 0);
        return bytes;
    }

    private static int[] replaced(int[] old, int[] fresh) {
        Arrays.fill(old, 0);
        return fresh;
    }

    private static byte[] erasing(Supplier<byte[]> result, int[]... temporaries) {
        try {
            return result.get();
        } finally {
            for (int[] temporary : temporaries) {
                Arrays.fill(temporary, 0);
            }
        }
    }

    private static int factor() {
        int inverse = 1;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - ORDER[0] * inverse;
        }
        return -inverse;
    }

    /** Doubles one 512 times. */
    private static int[] squaredRadix() {
        int[] value = new int[LIMBS];
        value[0] = 1;
        for (int i = 0; i < 512; i++) {
            int carry = 0;
            for (int j = 0; j < LIMBS; j++) {
                int next = value[j] >>> 31;
                value[j] = value[j] << 1 | carry;
                carry = next;
            }
            if (carry != 0) {
                throw new CryptoBugException(new ArithmeticException("twice a value below l has 254 bits"));
            }
            subtractOrder(value, 0);
        }
        return value;
    }
}
