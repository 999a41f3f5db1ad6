// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.List;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;

/** {@code [1, headerHash, ringHash', [[leafId, H(Prekey), W, signature]...]]}, from a sponsor. */
public record Welcomes(Hash headerHash, Hash ringHash, List<Sponsored> entries) {

    private static final int MAX_SIZE = Absent.MOST * 256 + 128;

    public Welcomes {
        entries = List.copyOf(entries);
    }

    public Octets encode() {
        var w = new CborWriter().array(4).integer(1).bytes(headerHash.value()).bytes(ringHash.value());
        w.array(entries.size());
        for (Sponsored e : entries) {
            w.array(4).bytes(e.leaf().value()).bytes(e.prekeyHash().value());
            w.bytes(e.sealed()).bytes(e.signature());
        }
        return w.toOctets();
    }

    public static Welcomes decode(Octets encoded) {
        return Strict.decode("welcomes", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            return new Welcomes(r.hash(), r.hash(), r.list(Absent.MOST, Sponsored::read));
        });
    }
}
