// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import java.nio.ByteBuffer;
import org.sekisho.api.Octets;

/**
 * A header: {@code epoch(8) || previous(8) || version(4) || header(32)}, keyed by {@code cohort(8) || n(8)}.
 *
 * @param epoch it opens with this epoch's scalar
 * @param previous the epoch the last turn took it from; 0 as deposited
 * @param version counts the turns
 */
public record HeaderRow(long epoch, long previous, int version, Octets header) {

    private static final int SIZE = 8 + 8 + 4 + 32;

    public static HeaderRow deposited(long epoch, Octets header) {
        return new HeaderRow(epoch, 0, 0, header);
    }

    public HeaderRow turned(long to, Octets turned) {
        return new HeaderRow(to, epoch, version + 1, turned);
    }

    public Octets encode() {
        ByteBuffer out = ByteBuffer.allocate(SIZE);
        out.putLong(epoch).putLong(previous).putInt(version).put(header.toByteArray());
        return Octets.of(out.array());
    }

    public static HeaderRow decode(Octets value) {
        if (value.size() != SIZE) {
            throw new IllegalStateException("stored header of " + value.size() + " octets");
        }
        ByteBuffer in = ByteBuffer.wrap(value.toByteArray());
        return new HeaderRow(in.getLong(), in.getLong(), in.getInt(), value.slice(20, SIZE));
    }

    public static Octets prefix(long cohort) {
        return Octets.ofLong(cohort);
    }

    public static Octets key(long cohort, long n) {
        return Octets.concat(Octets.ofLong(cohort), Octets.ofLong(n));
    }

    /** The position in a key. */
    public static long position(Octets key) {
        return key.slice(8, 16).toLong();
    }
}
