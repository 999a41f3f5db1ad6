// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.Octets;
import org.sekisho.codec.CborReader;
import org.sekisho.membership.wire.Strict;

/** Reads heads of either role. */
final class Heads {

    private Heads() {}

    static SideState decode(Octets head) {
        return Strict.decode("two-random state", head, SideState.MAX_HEAD, Heads::read);
    }

    private static SideState read(CborReader r) {
        int fields = r.array(16);
        r.integer(SideState.VERSION, SideState.VERSION);
        boolean server = r.uint(SideState.SERVER) == SideState.SERVER;
        if (fields != (server ? 11 : 8)) {
            throw new org.sekisho.codec.MalformedException("head of another shape", 0);
        }
        return server ? ServerState.read(r) : MemberState.read(r);
    }
}
