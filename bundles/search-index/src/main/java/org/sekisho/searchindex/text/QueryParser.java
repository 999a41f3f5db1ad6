// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.RejectedException;

/**
 * Reads what people type: words, {@code "phrases"}, {@code AND} (also implied by a space), {@code OR} (weaker than AND), {@code
 * begin*}, {@code from:}leaf, {@code month:}yyyy-mm, {@code file:}name. Full-width forms count as the usual ones.
 */
public final class QueryParser {

    private static final Pattern PART = Pattern.compile("\\s*(?:\"([^\"]*)\"|(\\S+))");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

    private QueryParser() {}

    /** Throws {@link RejectedException} on what is no query. */
    public static Query parse(String typed) {
        if (typed.length() > Query.MAX_TEXT) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "query: at most " + Query.MAX_TEXT + " characters");
        }
        List<List<Term>> alternatives = new ArrayList<>();
        List<Term> all = new ArrayList<>();
        Matcher part =
                PART.matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC).strip());
        while (part.lookingAt()) {
            String quoted = part.group(1);
            String word = part.group(2);
            part.region(part.end(), part.regionEnd());
            if (quoted != null) {
                all.add(phrase(quoted));
            } else if (word.equals("OR")) {
                alternatives.add(all);
                all = new ArrayList<>();
            } else if (!word.equals("AND")) {
                all.add(term(word));
            }
        }
        alternatives.add(all);
        return new Query(alternatives);
    }

    private static Term term(String word) {
        if (word.startsWith("from:")) {
            return new Term.From(LeafId.parse(word.substring(5)));
        }
        if (word.startsWith("month:")) {
            String month = word.substring(6);
            if (!MONTH.matcher(month).matches()) {
                throw malformed("month: takes yyyy-mm");
            }
            return new Term.Month(month);
        }
        if (word.startsWith("file:")) {
            requireText(word.substring(5));
            return new Term.FileName(word.substring(5));
        }
        if (word.endsWith("*")) {
            String begin = word.substring(0, word.length() - 1);
            List<Piece> pieces = Piece.of(Normal.of(begin, false));
            if (pieces.size() != 1 || !pieces.get(0).word()) {
                throw malformed("* ends the beginning of one word");
            }
            return new Term.Prefix(begin);
        }
        return phrase(word);
    }

    private static Term phrase(String text) {
        requireText(text);
        return new Term.Phrase(text);
    }

    private static void requireText(String text) {
        if (Piece.of(Normal.of(text, false)).isEmpty()) {
            throw malformed("nothing to look for in it: letters and digits are");
        }
    }

    private static RejectedException malformed(String why) {
        return new RejectedException(ErrorCode.MALFORMED, "query: " + why);
    }
}
