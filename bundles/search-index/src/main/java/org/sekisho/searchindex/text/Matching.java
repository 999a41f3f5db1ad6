// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.util.List;

/** Whether the pieces of a phrase stand next to each other in a text. */
final class Matching {

    private Matching() {}

    static boolean contains(List<Piece> text, List<Piece> phrase) {
        if (phrase.isEmpty()) {
            return false;
        }
        for (int from = 0; from + phrase.size() <= text.size(); from++) {
            if (at(text, from, phrase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean at(List<Piece> text, int from, List<Piece> phrase) {
        int last = phrase.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (!fits(text.get(from + i), phrase.get(i), i == 0, i == last)) {
                return false;
            }
        }
        return true;
    }

    /** Words are whole; of a run the phrase may begin in the middle and end in the middle. */
    private static boolean fits(Piece text, Piece wanted, boolean first, boolean last) {
        if (text.word() || wanted.word()) {
            return text.same(wanted);
        }
        if (first && last) {
            return text.text().contains(wanted.text());
        }
        if (first) {
            return text.text().endsWith(wanted.text());
        }
        return last ? text.text().startsWith(wanted.text()) : text.same(wanted);
    }
}
