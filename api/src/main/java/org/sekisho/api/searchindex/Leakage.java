// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.searchindex;

import java.time.Instant;
import java.util.List;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;

/**
 * What the gateway's own view of a group tells a curious operator, as counted since {@code since}. The gateway writes none of it to
 * disk; an operator who wants to can.
 *
 * @param queries requests
 * @param words distinct groups of tokens: one for each word and set of segments
 * @param repeatedWords of these, asked for more than once: the operator sees that the same was looked for again
 * @param togetherWords words asked for in one request with others: the operator sees that they belong together
 * @param blocksSent sealed blocks in answers
 * @param topRepeated the most repeated, with how many blocks they have: what frequency attacks begin with
 * @param writers how much each member wrote: segments, padded rows
 */
public record Leakage(
        GroupId group,
        Instant since,
        long queries,
        long words,
        long repeatedWords,
        long togetherWords,
        long blocksSent,
        List<Repeated> topRepeated,
        List<Writer> writers) {

    public Leakage {
        topRepeated = List.copyOf(topRepeated);
        writers = List.copyOf(writers);
    }

    /**
     * A word that was looked for more than once.
     *
     * @param mark tells it from others, nothing more
     */
    public record Repeated(String mark, long times, long blocks) {}

    /** What is seen of a writer. */
    public record Writer(LeafId leaf, long segments, long rows) {}
}
