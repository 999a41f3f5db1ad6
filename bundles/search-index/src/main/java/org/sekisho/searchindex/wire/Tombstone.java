// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;

/**
 * A message was deleted: {@code [1, groupId, by, epochHash, rosterHash, msgId]}. It counts when {@code by} sent the message, or is
 * an administrator of the roster it names.
 */
public record Tombstone(Stand stand, Octets message) implements Statement {

    public static final String LABEL = "sse tombstone";

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public Octets encode() {
        var w = new CborWriter().array(6).integer(1);
        stand.write(w);
        return w.bytes(message).toOctets();
    }

    public static Tombstone decode(Octets encoded) {
        return Strict.decode("tombstone", encoded, 512, r -> {
            r.struct(1, 6);
            return new Tombstone(Stand.read(r), r.octetsOf(IndexLimits.ID));
        });
    }
}
