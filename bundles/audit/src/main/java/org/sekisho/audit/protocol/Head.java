// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit.protocol;

import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.Sha256;

/**
 * Where a chain ends.
 *
 * @param n number of the last record; 0 when there is none
 * @param hash of the last record
 */
public record Head(long n, Hash hash) {

    private static final int VERSION = 1;

    /** The head of the empty chain of {@code scope}. It differs by scope, so no record fits into another scope's chain. */
    public static Head ofEmpty(Octets scope) {
        return new Head(0, Sha256.hashArray("audit scope", scope));
    }

    /** The stored form: CBOR [1, n, hash]. */
    public Octets encode() {
        return Cbor.encode(VERSION, n, hash);
    }

    /** Reads what {@link #encode} wrote; {@link org.sekisho.codec.MalformedException} on anything else. */
    public static Head decode(Octets stored) {
        var in = new CborReader(stored);
        in.struct(VERSION, 3);
        var head = new Head(in.uint(Long.MAX_VALUE), in.hash());
        in.end();
        return head;
    }
}
