// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.messagestore.MessageId;

/**
 * A message that was looked for: decrypted, its sender verified, checked against the query on its own text.
 *
 * @param n position in the group's log; 0 for a message of the store
 * @param stored its name in the group's message store, if it is there
 * @param text not shown by {@link #toString()}
 * @param highlights parts of the text that were looked for
 */
public record SearchHit(long n, Optional<MessageId> stored, LeafId sender, String text, List<Part> highlights) {

    public SearchHit {
        highlights = List.copyOf(highlights);
    }

    /** From {@code start} to before {@code end}, in chars. */
    public record Part(int start, int end) {}

    /** The text with {@code begin} and {@code end} around what was looked for. */
    public String marked(String begin, String end) {
        StringBuilder marked = new StringBuilder();
        int at = 0;
        for (Part part : highlights) {
            marked.append(text, at, part.start()).append(begin);
            marked.append(text, part.start(), part.end()).append(end);
            at = part.end();
        }
        return marked.append(text, at, text.length()).toString();
    }

    /** Without the text. */
    @Override
    public String toString() {
        return "SearchHit[" + stored.map(MessageId::toString).orElse(String.valueOf(n)) + ", " + sender + ", "
                + text.length() + " characters]";
    }
}
