// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import org.sekisho.searchindex.text.Tokeniser;

/**
 * How much a search may tell and cost.
 *
 * @param searchOld ask the gateway also for segments whose key a removed member knows: then that member and the operator together
 *     learn what is looked for (protocol note R6); else these are searched at home
 * @param unlinkWords ask for each word in a request of its own, in random order
 * @param maxExamined candidates looked at for one page
 * @param maxTokens of one message that are indexed; messages with more are looked at by every query
 * @param maxFetched messages fetched from afar for one page; a page that needs more ends before, with a cursor
 * @param maxOctets of all texts looked at for one page; as {@code maxFetched}
 */
public record SearchOptions(
        boolean searchOld, boolean unlinkWords, int maxExamined, int maxTokens, int maxFetched, long maxOctets) {

    /** Messages fetched for one page, when nothing else is said. */
    public static final int FETCHED = 200;

    /** Octets of texts looked at for one page, when nothing else is said. */
    public static final long OCTETS = 8 << 20;

    public static final SearchOptions DEFAULT = new SearchOptions(false, false, 10_000);

    public SearchOptions {
        if (maxExamined < 1 || maxTokens < 1 || maxTokens > Tokeniser.MAX_TOKENS || maxFetched < 1 || maxOctets < 1) {
            throw new IllegalArgumentException(
                    "at least one candidate, message and octet, and 1 to " + Tokeniser.MAX_TOKENS + " tokens");
        }
    }

    /** As many tokens of a message as there may be. */
    public SearchOptions(boolean searchOld, boolean unlinkWords, int maxExamined) {
        this(searchOld, unlinkWords, maxExamined, Tokeniser.MAX_TOKENS);
    }

    /** As much looked up for a page as is usual. */
    public SearchOptions(boolean searchOld, boolean unlinkWords, int maxExamined, int maxTokens) {
        this(searchOld, unlinkWords, maxExamined, maxTokens, FETCHED, OCTETS);
    }

    /** With so much looked up for one page at most. */
    public SearchOptions withLookups(int messages, long octets) {
        return new SearchOptions(searchOld, unlinkWords, maxExamined, maxTokens, messages, octets);
    }
}
