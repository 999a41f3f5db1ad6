// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.lang.Character.UnicodeScript;

/** How a code point takes part in words (0050, 5.2). */
enum CharacterClass {
    /** Letters, digits and marks of scripts that put spaces between words. */
    WORD,
    /** Han, Hiragana, Katakana, Hangul and their marks: written without spaces. */
    RUN,
    /** Everything else ends a word. */
    NONE;

    private static final int PROLONGED_SOUND = 0x30FC;

    static CharacterClass of(int codePoint) {
        if (codePoint == PROLONGED_SOUND) {
            return RUN;
        }
        if (!Character.isLetterOrDigit(codePoint) && !isMark(codePoint)) {
            return NONE;
        }
        return switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> RUN;
            default -> WORD;
        };
    }

    static boolean isHan(int codePoint) {
        return UnicodeScript.of(codePoint) == UnicodeScript.HAN;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
