// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** One device of one member: memberId (16) followed by deviceId (16). The participant of every protocol (F23). */
public record LeafId(Octets value) implements Comparable<LeafId> {

    /** Length in octets. */
    public static final int SIZE = 32;

    public LeafId {
        if (value.size() != SIZE) {
            throw new RejectedException(ErrorCode.MALFORMED, "LeafId takes " + SIZE + " octets");
        }
    }

    public static LeafId of(byte... bytes) {
        return new LeafId(Octets.of(bytes));
    }

    /** Reads what {@link #toString} wrote. */
    public static LeafId parse(String hex) {
        return new LeafId(Octets.ofHex(hex));
    }

    /** The member this device belongs to (16 octets). */
    public Octets memberId() {
        return value.slice(0, 16);
    }

    /** The device (16 octets). */
    public Octets deviceId() {
        return value.slice(16, 32);
    }

    @Override
    public int compareTo(LeafId other) {
        return value.compareTo(other.value);
    }

    /** All octets in hexadecimal. */
    @Override
    public String toString() {
        return value.hex();
    }
}
