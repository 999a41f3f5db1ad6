// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;

/** An X25519 private key that opens what was sealed to its public half. Safe for many threads. */
public final class HpkePrivateKey implements AutoCloseable {

    /** Length in bytes. */
    public static final int SIZE = 32;

    private final SecretBytes scalar;
    private final HpkePublicKey publicKey;

    private HpkePrivateKey(SecretBytes scalar) {
        this.scalar = scalar;
        this.publicKey = new HpkePublicKey(X25519.publicKey(scalar));
    }

    /** A fresh key. */
    public static HpkePrivateKey generate(Entropy entropy) {
        return new HpkePrivateKey(X25519.generate(entropy));
    }

    /** The key of {@code scalar}, which is copied. */
    public static HpkePrivateKey of(SecretBytes scalar) {
        if (scalar.size() != SIZE) {
            throw new IllegalArgumentException("an HPKE key has " + SIZE + " bytes");
        }
        return new HpkePrivateKey(scalar.duplicate());
    }

    /** The public half. */
    public HpkePublicKey publicKey() {
        return publicKey;
    }

    /** A copy of the scalar, for storing it sealed; the caller closes it. */
    public SecretBytes exposeScalar() {
        return scalar.duplicate();
    }

    SecretBytes scalar() {
        return scalar;
    }

    @Override
    public void close() {
        scalar.close();
    }

    /** The public half only. */
    @Override
    public String toString() {
        return "HpkePrivateKey[" + publicKey.bytes().hex() + "]";
    }
}
