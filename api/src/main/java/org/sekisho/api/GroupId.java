// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** A group. Self-certifying: the first 16 octets of H(CBOR["group", founderIdKey, policyHash, nonce16]) (F5). */
public record GroupId(Octets value) implements Comparable<GroupId> {

    /** Length in octets. */
    public static final int SIZE = 16;

    public GroupId {
        if (value.size() != SIZE) {
            throw new RejectedException(ErrorCode.MALFORMED, "GroupId takes " + SIZE + " octets");
        }
    }

    public static GroupId of(byte... bytes) {
        return new GroupId(Octets.of(bytes));
    }

    /** Reads what {@link #toString} wrote. */
    public static GroupId parse(String hex) {
        return new GroupId(Octets.ofHex(hex));
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    /** All octets in hexadecimal. */
    @Override
    public String toString() {
        return value.hex();
    }
}
