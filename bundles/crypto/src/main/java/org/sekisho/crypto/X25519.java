// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;

/**
 * X25519 (RFC 7748): private and public keys of 32 bytes.
 *
 * <p>Guarantees: a result of zero, which a small-order point gives, is never returned.
 */
public final class X25519 {

    /** Length of either key in bytes. */
    public static final int KEY_SIZE = 32;

    private static final String DH_SALT = "sekisho1 dh";

    private X25519() {}

    /** A fresh private key. */
    public static SecretBytes generate(Entropy entropy) {
        return SecretBytes.take(entropy.next(KEY_SIZE));
    }

    /** The public key of {@code privateKey}. */
    public static Octets publicKey(SecretBytes privateKey) {
        requireKey(privateKey.size());
        return privateKey.use(k -> {
            byte[] point = new byte[KEY_SIZE];
            org.bouncycastle.math.ec.rfc7748.X25519.scalarMultBase(k, 0, point, 0);
            return Octets.of(point);
        });
    }

    /** A key of both parties: {@code EXT("sekisho1 dh", X25519(privateKey, publicKey))} (protocol note F25). */
    public static SecretBytes agree(SecretBytes privateKey, Octets publicKey) {
        try (SecretBytes raw = multiply(privateKey, publicKey)) {
            return Kdf.extract(DH_SALT, raw);
        }
    }

    /**
     * The bare function. Its result is no key; protocols that need only a key call {@link #agree}.
     *
     * @throws AuthenticationFailedException when the result is zero
     */
    public static SecretBytes multiply(SecretBytes scalar, Octets point) {
        requireKey(scalar.size());
        requireKey(point.size());
        byte[] result = new byte[KEY_SIZE];
        scalar.use(k -> {
            org.bouncycastle.math.ec.rfc7748.X25519.scalarMult(k, 0, point.toByteArray(), 0, result, 0);
            return result;
        });
        if (ConstantTime.isZero(result)) {
            throw new AuthenticationFailedException();
        }
        return SecretBytes.take(result);
    }

    private static void requireKey(int size) {
        if (size != KEY_SIZE) {
            throw new IllegalArgumentException("an X25519 key has " + KEY_SIZE + " bytes");
        }
    }
}
