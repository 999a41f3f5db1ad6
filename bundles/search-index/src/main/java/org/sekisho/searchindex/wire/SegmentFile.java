// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;

/**
 * A segment in one piece, as it is published: {@code [1, entry, rows, dir]}.
 *
 * @param rows label and sealed block of each, sorted by label
 * @param directory its sealed pieces, one after the other
 */
public record SegmentFile(Entry entry, Octets rows, Octets directory) {

    /** Longest encoded file, in octets. */
    public static final int MAX_SIZE = IndexLimits.MAX_ENTRY + IndexLimits.MAX_INLINE + 64;

    public Manifest manifest() {
        return (Manifest) entry.statement();
    }

    /** Whether it is published in one request; else its parts are staged first. */
    public boolean isInline() {
        return rows.size() + directory.size() <= IndexLimits.MAX_INLINE;
    }

    public Octets encode() {
        return new CborWriter()
                .array(4)
                .integer(1)
                .bytes(entry.encoded())
                .bytes(rows)
                .bytes(directory)
                .toOctets();
    }

    public static SegmentFile decode(Octets encoded) {
        return Strict.decode("segment", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            Entry entry = Entry.decode(r.octets(IndexLimits.MAX_ENTRY));
            if (!(entry.statement() instanceof Manifest)) {
                throw new org.sekisho.codec.MalformedException("not a manifest", 0);
            }
            return new SegmentFile(entry, r.octets(IndexLimits.MAX_INLINE), r.octets(IndexLimits.MAX_INLINE));
        });
    }
}
