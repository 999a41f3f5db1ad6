// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.searchindex.protocol.SegmentState.Phase;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Manifest;

/**
 * A segment as the gateway knows it.
 *
 * @param n position of its manifest
 * @param pages over which its rows are spread
 * @param purged its rows and directory are gone
 * @param replacedAt seconds; 0 while it is live
 */
record SegmentRecord(
        Octets segment,
        long n,
        Phase phase,
        boolean audited,
        int level,
        long keyCohort,
        LeafId writer,
        int rows,
        int pages,
        int rowSize,
        int directorySize,
        Hash directoryHash,
        boolean purged,
        long replacedAt) {

    private static final int ROWS_PER_PAGE = 32;

    static SegmentRecord of(Manifest m, long n) {
        return new SegmentRecord(
                m.segment(),
                n,
                Phase.LIVE,
                false,
                m.level(),
                m.keyCohort(),
                m.writer(),
                m.rows(),
                pages(m.rows()),
                IndexLimits.row(m.level()),
                m.directorySize(),
                m.directoryHash(),
                false,
                0);
    }

    /** Over how many pages rows are spread, by label. */
    static int pages(int rows) {
        return Math.max(1, rows / ROWS_PER_PAGE);
    }

    SegmentRecord with(Phase next, long at) {
        return new SegmentRecord(
                segment,
                n,
                next,
                audited,
                level,
                keyCohort,
                writer,
                rows,
                pages,
                rowSize,
                directorySize,
                directoryHash,
                purged,
                at);
    }

    SegmentRecord withAudit() {
        return new SegmentRecord(
                segment,
                n,
                phase,
                true,
                level,
                keyCohort,
                writer,
                rows,
                pages,
                rowSize,
                directorySize,
                directoryHash,
                purged,
                replacedAt);
    }

    SegmentRecord withPurged() {
        return new SegmentRecord(
                segment,
                n,
                phase,
                audited,
                level,
                keyCohort,
                writer,
                rows,
                pages,
                rowSize,
                directorySize,
                directoryHash,
                true,
                replacedAt);
    }

    /** Octets of rows and directory. */
    long octets() {
        return (long) rows * rowSize + directorySize;
    }

    Octets encode() {
        return new CborWriter()
                .array(14)
                .integer(n)
                .integer(phase.ordinal())
                .bool(audited)
                .integer(level)
                .integer(keyCohort)
                .bytes(writer.value())
                .integer(rows)
                .integer(pages)
                .integer(rowSize)
                .integer(directorySize)
                .bytes(directoryHash.value())
                .bool(purged)
                .integer(replacedAt)
                .integer(1)
                .toOctets();
    }

    static SegmentRecord decode(Octets segment, Octets value) {
        var r = new CborReader(value);
        r.arrayOf(14);
        var record = new SegmentRecord(
                segment,
                r.integer(),
                Phase.values()[(int) r.uint(Phase.values().length - 1L)],
                r.bool(),
                (int) r.integer(),
                r.integer(),
                r.leafId(),
                (int) r.integer(),
                (int) r.integer(),
                (int) r.integer(),
                (int) r.integer(),
                r.hash(),
                r.bool(),
                r.integer());
        r.integer();
        r.end();
        return record;
    }
}
