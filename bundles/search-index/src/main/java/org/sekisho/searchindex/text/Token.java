// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.nio.charset.StandardCharsets;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/** The octets that stand for something searchable: one for its type, then UTF-8 or an identifier (0050, 5.3). */
public final class Token {

    /** Longest word, in code points; longer ones are cut and checked against the message. */
    static final int MAX_WORD = 64;

    static final int MIN_PREFIX = 3;
    static final int MAX_PREFIX = 6;

    /** Longest token in octets. */
    public static final int MAX_OCTETS = 1 + 4 * MAX_WORD;

    private static final int WORD = 1;
    private static final int BIGRAM = 2;
    private static final int UNIGRAM = 3;
    private static final int SENDER = 4;
    private static final int MONTH = 5;
    private static final int FILE = 6;
    private static final int OVERFLOW = 7;
    private static final int PREFIX = 8;

    /** Marks messages of which not every token was indexed. */
    public static final Octets CAPPED = Octets.of((byte) OVERFLOW);

    private Token() {}

    static Octets word(String word) {
        return of(WORD, cut(word, MAX_WORD));
    }

    static Octets bigram(String two) {
        return of(BIGRAM, two);
    }

    static Octets unigram(String one) {
        return of(UNIGRAM, one);
    }

    static Octets sender(LeafId leaf) {
        return Octets.concat(Octets.of((byte) SENDER), leaf.value());
    }

    /** @param month yyyy-mm, in UTC */
    static Octets month(String month) {
        return of(MONTH, month);
    }

    static Octets file(String word) {
        return of(FILE, cut(word, MAX_WORD));
    }

    static Octets prefix(String letters) {
        return of(PREFIX, cut(letters, MAX_PREFIX));
    }

    static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    static String cut(String text, int codePoints) {
        return codePoints(text) <= codePoints ? text : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }

    private static Octets of(int type, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] token = new byte[utf8.length + 1];
        token[0] = (byte) type;
        System.arraycopy(utf8, 0, token, 1, utf8.length);
        return Octets.of(token);
    }
}
