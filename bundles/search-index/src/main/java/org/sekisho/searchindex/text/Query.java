// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;

/**
 * What is looked for: messages that meet all terms of one of the alternatives.
 *
 * @param alternatives joined by OR; in each, terms joined by AND
 */
public record Query(List<List<Term>> alternatives) {

    /** Most terms of a query. */
    public static final int MAX_TERMS = 16;

    /** Longest query, in characters. */
    public static final int MAX_TEXT = 512;

    public Query {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        int terms = alternatives.stream().mapToInt(List::size).sum();
        if (alternatives.isEmpty() || alternatives.stream().anyMatch(List::isEmpty)) {
            throw new RejectedException(ErrorCode.MALFORMED, "a query needs something to look for");
        }
        if (terms > MAX_TERMS) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "terms of a query: at most " + MAX_TERMS);
        }
    }

    /** Messages with this word or phrase. */
    public static Query of(Term term) {
        return new Query(List.of(List.of(term)));
    }

    /** Whether a message is what is looked for. Decided on the message itself. */
    public boolean matches(Document document, Tokeniser tokeniser) {
        return alternatives.stream().anyMatch(all -> all.stream().allMatch(term -> term.matches(document, tokeniser)));
    }
}
