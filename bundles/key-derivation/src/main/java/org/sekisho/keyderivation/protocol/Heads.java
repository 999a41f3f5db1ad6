// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import org.sekisho.api.Octets;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;
import org.sekisho.keyderivation.wire.Strict;

/** Reads heads of either role. */
final class Heads {

    private Heads() {}

    static SideState decode(Octets head) {
        return Strict.decode("key-derivation state", head, SideState.MAX_HEAD, Heads::read);
    }

    private static SideState read(CborReader r) {
        int fields = r.array(32);
        r.integer(SideState.VERSION, SideState.VERSION);
        boolean server = r.uint(SideState.SERVER) == SideState.SERVER;
        if (fields != (server ? ServerState.FIELDS : 15)) {
            throw new MalformedException("head of another shape", 0);
        }
        return server ? ServerState.read(r) : MemberState.read(r);
    }
}
