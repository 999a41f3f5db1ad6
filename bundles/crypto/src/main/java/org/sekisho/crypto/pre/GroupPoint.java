// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.ConstantTime;
import org.sekisho.crypto.CryptoBugException;

/**
 * The u-coordinate of a point of the prime-order subgroup: a header's capsule, or the public point of an epoch's scalar.
 * Public.
 *
 * <p>Guarantees: {@link #received} lets through exactly the non-zero canonical coordinates of that subgroup. A point of
 * the twist or one with a small-order part would open today and not after a re-encryption (protocol note F15).
 *
 * @param bytes 32 bytes, little-endian
 */
public record GroupPoint(Octets bytes) {

    /** Length in bytes. */
    public static final int SIZE = 32;

    /** {@code 8 * (1/8 mod l)}: the identity on the subgroup, and on nothing else. */
    private static final byte[] ONE = Scalars.representative(Scalars.small(1))
            .orElseThrow(() -> new CryptoBugException(new ArithmeticException("one")))
            .expose();

    /** Checks the length only; for points that were checked before. */
    public GroupPoint {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a point has " + SIZE + " bytes");
        }
    }

    /**
     * A point that somebody sent. One multiplication.
     *
     * @throws AuthenticationFailedException when it is not of the subgroup
     */
    public static GroupPoint received(Octets bytes) {
        if (bytes.size() != SIZE) {
            throw new AuthenticationFailedException();
        }
        byte[] u = bytes.toByteArray();
        byte[] same = new byte[SIZE];
        X25519.scalarMult(ONE, 0, u, 0, same, 0);
        // the function's result is canonical, so equality also refuses u >= p
        if (isZero(u) || !ConstantTime.equal(u, same)) {
            throw new AuthenticationFailedException();
        }
        return new GroupPoint(bytes);
    }

    /** {@code rep * this}; {@code rep} is a representative. */
    GroupPoint times(SecretBytes rep) {
        byte[] result = multiply(rep);
        if (isZero(result)) {
            throw new AuthenticationFailedException();
        }
        return new GroupPoint(Octets.of(result));
    }

    /** As {@link #times}, for a result that is a secret. */
    SecretBytes secretTimes(SecretBytes rep) {
        byte[] result = multiply(rep);
        if (isZero(result)) {
            throw new AuthenticationFailedException();
        }
        return SecretBytes.take(result);
    }

    private byte[] multiply(SecretBytes rep) {
        byte[] u = bytes.toByteArray();
        byte[] result = new byte[SIZE];
        rep.use(k -> {
            X25519.scalarMult(k, 0, u, 0, result, 0);
            return result;
        });
        return result;
    }

    /** {@code rep * G}. */
    static byte[] ofBase(SecretBytes rep) {
        byte[] result = new byte[SIZE];
        rep.use(k -> {
            X25519.scalarMultBase(k, 0, result, 0);
            return result;
        });
        return result;
    }

    private static boolean isZero(byte[] bytes) {
        int seen = 0;
        for (byte b : bytes) {
            seen |= b;
        }
        return seen == 0;
    }
}
