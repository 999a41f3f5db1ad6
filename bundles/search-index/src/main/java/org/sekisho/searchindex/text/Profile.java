// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;

/**
 * How the tokens of a segment were made; stands in its manifest, and a query is tokenised once for each profile in use.
 *
 * @param version of these rules
 * @param unicode version of the character data they ran on: characters assigned later are handled as separators
 * @param foldKana katakana is found by hiragana and the other way round
 * @param unigrams single Han characters are searchable
 * @param prefixes words are found by their first 3 to 6 letters
 * @param stopList words that are not indexed
 */
public record Profile(
        int version, int unicode, boolean foldKana, boolean unigrams, boolean prefixes, StopList stopList) {

    public static final int VERSION = 1;

    /** Number of bits of {@link #flags}. */
    public static final int FLAGS = 8;

    public Profile {
        if (version != VERSION || unicode < 0 || unicode > 255) {
            throw new RejectedException(ErrorCode.MALFORMED, "unknown version of the tokeniser");
        }
    }

    /** What a member uses unless told otherwise: kana folded, single Han characters, no prefixes, no stop list. */
    public static Profile standard() {
        return new Profile(VERSION, unicodeHere(), true, true, false, StopList.NONE);
    }

    public Profile withPrefixes() {
        return new Profile(version, unicode, foldKana, unigrams, true, stopList);
    }

    public Profile withoutUnigrams() {
        return new Profile(version, unicode, foldKana, false, prefixes, stopList);
    }

    public Profile with(StopList words) {
        return new Profile(version, unicode, foldKana, unigrams, prefixes, words);
    }

    /** The choices as bits: kana 1, unigrams 2, prefixes 4, stop list from 8. */
    public int flags() {
        return (foldKana ? 1 : 0) | (unigrams ? 2 : 0) | (prefixes ? 4 : 0) | stopList.ordinal() << 3;
    }

    /** Reads {@link #flags}. */
    public static Profile of(int version, int unicode, int flags) {
        int list = flags >>> 3;
        if (list >= StopList.values().length) {
            throw new RejectedException(ErrorCode.MALFORMED, "unknown stop list");
        }
        return new Profile(
                version, unicode, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, StopList.values()[list]);
    }

    /** Major version of Unicode that this Java knows, told by characters that came with it. */
    private static int unicodeHere() {
        int[] first = {0x1C89, 0x1FAE8, 0x1FAF0};
        int[] version = {16, 15, 14};
        for (int i = 0; i < first.length; i++) {
            if (Character.isDefined(first[i])) {
                return version[i];
            }
        }
        return 13;
    }
}
