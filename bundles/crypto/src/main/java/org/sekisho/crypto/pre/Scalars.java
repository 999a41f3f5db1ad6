// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.CryptoBugException;

/**
 * Scalars that the standard X25519 function leaves as they are.
 *
 * <p>{@code rep(s)} is {@code 8t} for {@code t = s/8 mod l} or {@code l - s/8}, whichever has exactly 252 bits: its three
 * lowest bits are zero and bit 254 is one, so clamping changes nothing, and {@code X25519(rep(s), x(P)) = x(sP)} for P in
 * the prime-order subgroup. Neither has 252 bits for about one scalar in 2^125; a derived scalar is then derived again, a
 * received one refused.
 */
final class Scalars {

    static final int SIZE = ScalarField.SIZE;

    /** {@code 1/8 mod l}. */
    private static final byte[] EIGHTH = ScalarField.invert(small(8));

    private Scalars() {}

    /** {@code rep(s)}; empty when {@code s} is zero, not below l, or has no representative. The caller closes it. */
    static Optional<SecretBytes> representative(byte[] s) {
        if (s.length != SIZE || !ScalarField.canonical(s)) {
            return Optional.empty();
        }
        byte[] t = ScalarField.multiply(s, EIGHTH);
        byte[] other = ScalarField.negate(t);
        byte[] result = new byte[SIZE];
        int take = -(t[31] >>> 3 & 1); // bit 251
        int carry = 0;
        for (int i = 0; i < SIZE; i++) {
            int chosen = (t[i] & take | other[i] & ~take) & 0xff;
            result[i] = (byte) (chosen << 3 | carry);
            carry = chosen >>> 5;
        }
        Arrays.fill(t, (byte) 0);
        Arrays.fill(other, (byte) 0);
        if (carry != 0 || (result[31] & 0xc0) != 0x40) {
            Arrays.fill(result, (byte) 0);
            return Optional.empty();
        }
        return Optional.of(SecretBytes.take(result));
    }

    /** Maps the 64 bytes that {@code wide} gives for 0, 1, ... to the first scalar that has a representative. */
    static SecretBytes first(IntFunction<SecretBytes> wide) {
        for (int counter = 0; counter < 256; counter++) {
            try (SecretBytes drawn = wide.apply(counter)) {
                byte[] scalar = drawn.use(ScalarField::reduce);
                Optional<SecretBytes> representative = representative(scalar);
                if (representative.isPresent()) {
                    representative.get().close();
                    return SecretBytes.take(scalar);
                }
            }
        }
        throw new CryptoBugException(new ArithmeticException("no scalar with a representative"));
    }

    static SecretBytes product(SecretBytes a, SecretBytes b) {
        return a.use(x -> b.use(y -> SecretBytes.take(ScalarField.multiply(x, y))));
    }

    static SecretBytes inverse(SecretBytes a) {
        return a.use(x -> SecretBytes.take(ScalarField.invert(x)));
    }

    static byte[] small(int value) {
        byte[] bytes = new byte[SIZE];
        bytes[0] = (byte) value;
        return bytes;
    }
}
