// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;

/**
 * A key that a Welcome may be sealed to: {@code [1, groupId, leafId, prekeyId, kind, pk, notAfter]}, signed with the label
 * {@link #LABEL} (protocol note F3).
 *
 * @param notAfter seconds since 1970
 */
public record Prekey(GroupId group, LeafId leaf, Octets id, Kind kind, Octets key, long notAfter) {

    /** How often a prekey is used. The ordinals are on the wire. */
    public enum Kind {
        ONE_TIME,
        WEEKLY
    }

    public static final String LABEL = "prekey";
    public static final int ID_SIZE = 16;
    public static final int MAX_SIZE = 160;
    private static final Kind[] KINDS = Kind.values();

    public Octets encode() {
        return Cbor.encode(1, group, leaf, id, kind.ordinal(), key, notAfter);
    }

    public static Prekey decode(Octets encoded) {
        return Strict.decode("prekey", encoded, MAX_SIZE, r -> {
            r.struct(1, 7);
            return new Prekey(
                    r.groupId(),
                    r.leafId(),
                    r.octetsOf(ID_SIZE),
                    KINDS[(int) r.uint(KINDS.length - 1)],
                    r.octetsOf(32),
                    r.uint(Long.MAX_VALUE));
        });
    }
}
