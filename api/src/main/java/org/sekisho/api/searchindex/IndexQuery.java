// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.searchindex;

import java.util.List;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Limit;

/**
 * What a member asks of the index: blocks by token, nothing else.
 *
 * @param lookups answered in this order
 * @param countsOnly blocks are counted and not sent
 */
public record IndexQuery(List<Lookup> lookups, boolean countsOnly) {

    /** Most lookups of one query. */
    public static final int MAX_LOOKUPS = 4096;

    /** Most segments named by one query. */
    public static final int MAX_SEGMENTS = 256;

    /** Most blocks of one lookup. */
    public static final int MAX_BLOCKS = 256;

    /** Most blocks of one answer. */
    public static final int MAX_ANSWER = 16_384;

    public IndexQuery {
        lookups = List.copyOf(lookups);
        Limit.atMost("lookups", lookups.size(), MAX_LOOKUPS);
        Limit.atMost(
                "segments", lookups.stream().map(Lookup::segment).distinct().count(), MAX_SEGMENTS);
    }

    /**
     * One token in one segment.
     *
     * @param segment 16 octets
     * @param token 32 octets
     * @param from first block wanted
     * @param limit blocks wanted
     */
    public record Lookup(Octets segment, Octets token, int from, int limit) {

        public Lookup {
            if (segment.size() != 16 || token.size() != 32 || from < 0 || limit < 1) {
                throw new org.sekisho.api.RejectedException(
                        org.sekisho.api.ErrorCode.MALFORMED, "a lookup takes a segment, a token and positive numbers");
            }
            Limit.atMost("blocks of a lookup", limit, MAX_BLOCKS);
            Limit.atMost("first block", from, 1 << 18);
        }
    }
}
