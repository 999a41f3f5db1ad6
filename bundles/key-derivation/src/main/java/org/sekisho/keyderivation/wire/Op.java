// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

/** How an epoch comes about. The ordinals are on the wire. */
public enum Op {
    /** A full ring, everything fresh. */
    DIST,
    /** Leaves that are not in the ring come in; others send nothing. */
    JOIN,
    /** Leaves go; who keeps both edges does no Diffie-Hellman. */
    LEAVE,
    /** A new time frame: the server's part alone is fresh. */
    UPDATE;

    private static final Op[] ALL = values();

    static Op of(long ordinal) {
        return ALL[(int) ordinal];
    }

    /** Largest ordinal. */
    static final int LAST = 3;
}
