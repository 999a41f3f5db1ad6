// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit.protocol;

import org.sekisho.codec.Cbor;

/** Text as it goes into a record: one line, visible, in normal form C, of bounded length. */
final class PlainText {

    /** Most characters (UTF-16) of a text; what is longer ends in an ellipsis. */
    static final int MAX_CHARACTERS = 512;

    private static final int ENOUGH = 4 * MAX_CHARACTERS;

    private PlainText() {}

    /** {@code text} with everything invisible written as a backslash, u and hexadecimal digits, cut to the limit. */
    static String of(String text) {
        String start = text.length() > ENOUGH ? text.substring(0, ENOUGH) : text;
        var visible = new StringBuilder(start.length());
        start.codePoints().forEach(c -> append(visible, c));
        return cut(Cbor.nfc(visible.toString()));
    }

    private static void append(StringBuilder visible, int codePoint) {
        if (codePoint == '\\') {
            visible.append("\\\\");
        } else if (hidden(codePoint)) {
            visible.append(String.format("\\u%04x", codePoint));
        } else {
            visible.appendCodePoint(codePoint);
        }
    }

    /** Control and format characters (also those that turn the direction of writing), line ends, lone surrogates. */
    private static boolean hidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        int end = MAX_CHARACTERS - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
