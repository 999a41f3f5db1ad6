// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.searchindex;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;

/**
 * A part of a segment on its way, invisible until it is committed, forgotten after a day.
 *
 * @param segment 16 octets
 * @param rows whether it is of the rows; else of the directory
 * @param offset where in them it begins: parts come in order
 * @param total octets of all parts together
 * @param rowSize octets of one row
 */
public record SegmentPart(Octets segment, boolean rows, int offset, int total, int rowSize, Octets bytes) {

    /** Most octets of a part. */
    public static final int MAX_SIZE = 512 << 10;

    /** Most octets of rows, and of a directory. */
    public static final int MAX_TOTAL = 64 << 20;

    public SegmentPart {
        Limit.atMost("part", bytes.size(), MAX_SIZE);
        Limit.atMost("segment", total, MAX_TOTAL);
        if (segment.size() != 16
                || offset < 0
                || offset + (long) bytes.size() > total
                || bytes.isEmpty()
                || rowSize < 33
                || rowSize > 1024) {
            throw new RejectedException(ErrorCode.MALFORMED, "a part that does not fit its segment");
        }
    }
}
