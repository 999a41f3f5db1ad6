// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.List;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;

/** {@code [1, headerHash, [[Prekey, signature]...]]}: leaves that want a Welcome to this epoch. */
public record Absent(Hash headerHash, List<Signed> prekeys) {

    public static final int MOST = 64;
    private static final int MAX_SIZE = MOST * (Prekey.MAX_SIZE + 80) + 64;

    public Absent {
        prekeys = List.copyOf(prekeys);
    }

    public Octets encode() {
        var w = new CborWriter().array(3).integer(1).bytes(headerHash.value()).array(prekeys.size());
        prekeys.forEach(k -> k.write(w.array(2)));
        return w.toOctets();
    }

    public static Absent decode(Octets encoded) {
        return Strict.decode("absent", encoded, MAX_SIZE, r -> {
            r.struct(1, 3);
            return new Absent(r.hash(), r.list(MOST, k -> {
                k.arrayOf(2);
                return Signed.read(k, Prekey.MAX_SIZE);
            }));
        });
    }
}
