// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;

/**
 * Another member made a merged segment again from what it replaced: {@code [1, groupId, by, epochHash, rosterHash, segId, H(dir),
 * ok]}. When it is not what it should be, it dies and what it replaced lives again.
 */
public record Audit(Stand stand, Octets segment, Hash directory, boolean ok) implements Statement {

    public static final String LABEL = "sse audit";

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public Octets encode() {
        var w = new CborWriter().array(8).integer(1);
        stand.write(w);
        return w.bytes(segment).bytes(directory.value()).bool(ok).toOctets();
    }

    public static Audit decode(Octets encoded) {
        return Strict.decode("audit", encoded, 512, r -> {
            r.struct(1, 8);
            return new Audit(Stand.read(r), r.octetsOf(IndexLimits.ID), r.hash(), r.bool());
        });
    }
}
