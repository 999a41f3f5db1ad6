// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.util.Set;

/** Words left out of an index. Named and fixed, so that every reader knows what a segment lacks; never changed, only added to. */
public enum StopList {
    NONE(Set.of()),
    ENGLISH(Set.of(
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "i", "if", "in", "is", "it", "of", "on",
            "or", "that", "the", "this", "to", "was", "with", "you"));

    private final Set<String> words;

    StopList(Set<String> words) {
        this.words = words;
    }

    boolean has(String word) {
        return words.contains(word);
    }
}
