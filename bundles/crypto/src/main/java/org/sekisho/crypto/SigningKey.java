// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;

/**
 * An Ed25519 private key (RFC 8032), kept as its seed of 32 bytes.
 *
 * <p>Guarantees: every signature is over {@code ASCII("sekisho1/" + label) || 0x00 || message}, so one made for a label
 * verifies for no other, nor as a signature of TLS or a certificate. Deterministic. Safe for many threads.
 */
public final class SigningKey implements AutoCloseable {

    /** Length of a seed in bytes. */
    public static final int SEED_SIZE = 32;

    /** Length of a signature in bytes. */
    public static final int SIGNATURE_SIZE = 64;

    private final SecretBytes seed;
    private final VerifyingKey verifyingKey;

    private SigningKey(SecretBytes seed) {
        this.seed = seed;
        byte[] publicKey = new byte[VerifyingKey.SIZE];
        seed.use(s -> {
            Ed25519.generatePublicKey(s, 0, publicKey, 0);
            return publicKey;
        });
        this.verifyingKey = VerifyingKey.of(Octets.of(publicKey));
    }

    /** A fresh key. */
    public static SigningKey generate(Entropy entropy) {
        return new SigningKey(SecretBytes.take(entropy.next(SEED_SIZE)));
    }

    /** The key of {@code seed}, which is copied. */
    public static SigningKey of(SecretBytes seed) {
        if (seed.size() != SEED_SIZE) {
            throw new IllegalArgumentException("a seed has " + SEED_SIZE + " bytes");
        }
        return new SigningKey(seed.duplicate());
    }

    /** The public half. */
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /** Signs {@code message} for {@code label} (ASCII). */
    public Octets sign(String label, Octets message) {
        return signBare(LabelledMessage.of(label, message));
    }

    Octets signBare(byte[] message) {
        byte[] publicKey = verifyingKey.bytes().toByteArray();
        return seed.use(s -> {
            byte[] signature = new byte[SIGNATURE_SIZE];
            Ed25519.sign(s, 0, publicKey, 0, message, 0, message.length, signature, 0);
            return Octets.of(signature);
        });
    }

    /** A copy of the seed, for storing it sealed; the caller closes it. */
    public SecretBytes exposeSeed() {
        return seed.duplicate();
    }

    @Override
    public void close() {
        seed.close();
    }

    /** The public half only. */
    @Override
    public String toString() {
        return "SigningKey[" + verifyingKey.bytes().hex() + "]";
    }
}
