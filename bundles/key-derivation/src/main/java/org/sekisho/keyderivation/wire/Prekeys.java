// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.List;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;

/**
 * {@code [1, epoch held, [[Prekey, signature]...]]}: also says that the leaf is here.
 *
 * @param held the newest epoch whose key this leaf has, 0 for none
 */
public record Prekeys(long held, List<Signed> keys) {

    public static final int MOST = 16;
    private static final int MAX_SIZE = MOST * (Prekey.MAX_SIZE + 80) + 64;

    public Prekeys {
        keys = List.copyOf(keys);
    }

    public Octets encode() {
        var w = new CborWriter().array(3).integer(1).integer(held).array(keys.size());
        keys.forEach(k -> k.write(w.array(2)));
        return w.toOctets();
    }

    public static Prekeys decode(Octets encoded) {
        return Strict.decode("prekeys", encoded, MAX_SIZE, r -> {
            r.struct(1, 3);
            return new Prekeys(r.uint(Long.MAX_VALUE), r.list(MOST, k -> {
                k.arrayOf(2);
                return Signed.read(k, Prekey.MAX_SIZE);
            }));
        });
    }
}
