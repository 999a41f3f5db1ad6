// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * The labelled key derivation of the protocols: {@code KDF(k, l, c, n) = HKDF-Expand(k, CBOR["sekisho1", l, c, n], n)}
 * and {@code EXT(s, i) = HKDF-Extract(salt s, ikm i)}.
 *
 * <p>Guarantees: outputs for different labels, contexts or lengths are independent. Keys have at least 32 bytes; a
 * password or a raw Diffie-Hellman value is no key (it goes through SPAKE2+ or {@link X25519#agree} first).
 */
public final class Kdf {

    /** Least length of a key, in bytes. */
    public static final int MIN_KEY = 32;

    private Kdf() {}

    /** Derives {@code n} bytes; {@code context} is an encoded CBOR array and is embedded as it is. */
    public static SecretBytes derive(SecretBytes key, String label, Octets context, int n) {
        if (key.size() < MIN_KEY) {
            throw new IllegalArgumentException("a key has at least " + MIN_KEY + " bytes");
        }
        byte[] info = info(label, context, n);
        return key.use(k -> SecretBytes.take(Hkdf.expand(k, info, n)));
    }

    /** Derives {@code n} bytes; the elements of the context are as {@link Cbor#encode} takes them. */
    public static SecretBytes derive(SecretBytes key, String label, int n, @Nullable Object... context) {
        return derive(key, label, Cbor.encode(context), n);
    }

    /** EXT with a public salt. */
    public static SecretBytes extract(Octets salt, SecretBytes inputKeyMaterial) {
        return inputKeyMaterial.use(i -> SecretBytes.take(Hkdf.extract(salt.toByteArray(), i)));
    }

    /** EXT with a secret salt. */
    public static SecretBytes extract(SecretBytes salt, SecretBytes inputKeyMaterial) {
        return salt.use(s -> inputKeyMaterial.use(i -> SecretBytes.take(Hkdf.extract(s, i))));
    }

    /** EXT with a constant of the protocol as salt, in ASCII. */
    public static SecretBytes extract(String salt, SecretBytes inputKeyMaterial) {
        return extract(Octets.of(salt.getBytes(US_ASCII)), inputKeyMaterial);
    }

    private static byte[] info(String label, Octets context, int n) {
        if (new CborReader(context).peek() != CborReader.Kind.ARRAY) {
            throw new IllegalArgumentException("a context is an encoded array");
        }
        return new CborWriter()
                .array(4)
                .text(LabelledMessage.PREFIX)
                .text(label)
                .item(context)
                .integer(n)
                .toByteArray();
    }
}
