// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.codec.CborWriter;

/**
 * What a member sends in a round: {@code [1, i, D, signature]}.
 *
 * @param index the sender's place among the active leaves
 */
public record Indexed(int index, Signed signed) {

    private static final int MAX_INNER = Opening.MAX_SIZE;
    private static final int MAX_SIZE = MAX_INNER + 96;

    public Octets encode() {
        var w = new CborWriter().array(4).integer(1).integer(index);
        signed.write(w);
        return w.toOctets();
    }

    public static Indexed decode(Octets encoded) {
        return Strict.decode("round message", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            return new Indexed((int) r.uint(Policy.MAX_MEMBERS - 1), Signed.read(r, MAX_INNER));
        });
    }
}
