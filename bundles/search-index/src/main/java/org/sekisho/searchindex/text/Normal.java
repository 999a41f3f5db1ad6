// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The form in which texts are compared: NFKC, full case folding, NFKC again, without invisible joiners and variation selectors,
 * and, if wanted, katakana as hiragana. Applying it twice changes nothing.
 */
final class Normal {

    private static final int KATAKANA_FIRST = 0x30A1;
    private static final int KATAKANA_LAST = 0x30F6;
    private static final int TO_HIRAGANA = 0x60;
    private static final char FINAL_SIGMA = 'ς';
    private static final char SIGMA = 'σ';

    private Normal() {}

    static String of(String text, boolean foldKana) {
        String compatible = Normalizer.normalize(visible(text), Normalizer.Form.NFKC);
        // by way of upper case, so that one letter with several forms has one; lower case of a sigma depends on what
        // follows
        String folded =
                compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace(FINAL_SIGMA, SIGMA);
        String normal = Normalizer.normalize(visible(folded), Normalizer.Form.NFKC);
        return foldKana ? hiragana(normal) : normal;
    }

    private static String visible(String text) {
        if (text.codePoints().noneMatch(Normal::isIgnored)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isIgnored(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Soft hyphen, Mongolian and other variation selectors, zero-width characters. */
    private static boolean isIgnored(int c) {
        return c == 0xAD
                || c >= 0x180B && c <= 0x180D
                || c >= 0x200B && c <= 0x200D
                || c == 0x2060
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFEFF
                || c >= 0xE0100 && c <= 0xE01EF;
    }

    private static String hiragana(String text) {
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= KATAKANA_FIRST && c <= KATAKANA_LAST) {
                folded.setCharAt(i, (char) (c - TO_HIRAGANA));
            }
        }
        return folded.toString();
    }
}
