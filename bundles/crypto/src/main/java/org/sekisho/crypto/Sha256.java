// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;

/** SHA-256, the H of the protocol documents. */
public final class Sha256 {

    private Sha256() {}

    /** The hash of {@code bytes}. */
    public static Hash hash(byte[] bytes) {
        return Hash.of(digest().digest(bytes));
    }

    /** The hash of {@code bytes}; of a structure, hash its canonical bytes. */
    public static Hash hash(Octets bytes) {
        return hash(bytes.toByteArray());
    }

    /** H(CBOR[label, elements...]): the elements as {@link Cbor#encode} takes them, after the label. */
    public static Hash hashArray(String label, @Nullable Object... elements) {
        @Nullable Object[] labelled = new Object[elements.length + 1];
        labelled[0] = label;
        System.arraycopy(elements, 0, labelled, 1, elements.length);
        return hash(Cbor.encode(labelled));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new CryptoBugException(e);
        }
    }
}
