// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** A SHA-256 value. */
public record Hash(Octets value) implements Comparable<Hash> {

    /** Length in octets. */
    public static final int SIZE = 32;

    public Hash {
        if (value.size() != SIZE) {
            throw new RejectedException(ErrorCode.MALFORMED, "Hash takes " + SIZE + " octets");
        }
    }

    public static Hash of(byte... bytes) {
        return new Hash(Octets.of(bytes));
    }

    /** Reads what {@link #toString} wrote. */
    public static Hash parse(String hex) {
        return new Hash(Octets.ofHex(hex));
    }

    @Override
    public int compareTo(Hash other) {
        return value.compareTo(other.value);
    }

    /** All octets in hexadecimal. */
    @Override
    public String toString() {
        return value.hex();
    }
}
