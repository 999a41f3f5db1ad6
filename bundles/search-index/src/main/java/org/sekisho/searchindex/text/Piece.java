// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A longest run of one class in a normal text.
 *
 * @param word whether it is a word; else a run of characters written without spaces
 * @param start where it begins in the text
 */
record Piece(boolean word, String text, int start) {

    boolean same(Piece other) {
        return word == other.word && text.equals(other.text);
    }

    /** The pieces of {@code normal}, in order. */
    static List<Piece> of(String normal) {
        List<Piece> pieces = new ArrayList<>();
        CharacterClass current = CharacterClass.NONE;
        int start = 0;
        for (int at = 0; at <= normal.length(); ) {
            CharacterClass next = at < normal.length() ? classAt(normal, at, current) : CharacterClass.NONE;
            if (next != current) {
                if (current != CharacterClass.NONE) {
                    pieces.add(new Piece(current == CharacterClass.WORD, normal.substring(start, at), start));
                }
                current = next;
                start = at;
            }
            at += at < normal.length() ? Character.charCount(normal.codePointAt(at)) : 1;
        }
        return pieces;
    }

    /** A mark that belongs to no script of its own stays with what it stands on. */
    private static CharacterClass classAt(String text, int at, CharacterClass before) {
        int c = text.codePointAt(at);
        boolean inherited = Character.UnicodeScript.of(c) == Character.UnicodeScript.INHERITED;
        return inherited && before != CharacterClass.NONE ? before : CharacterClass.of(c);
    }
}
