// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.text;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * A message as it is indexed and as a hit is checked: decrypted, its sender verified.
 *
 * @param id 16 octets, not all zero
 */
public record Document(Octets id, LeafId sender, Instant sentAt, String text, Optional<String> fileName) {

    /** Length of an identifier in octets. */
    public static final int ID_SIZE = 16;

    public Document {
        if (id.size() != ID_SIZE || id.equals(Octets.of(new byte[ID_SIZE]))) {
            throw new IllegalArgumentException("a message's identifier has " + ID_SIZE + " octets, not all zero");
        }
    }

    /** A message without a file. */
    public Document(Octets id, LeafId sender, Instant sentAt, String text) {
        this(id, sender, sentAt, text, Optional.empty());
    }

    /** Minutes since 1970, the grain of the index. */
    public long minute() {
        return Math.floorDiv(sentAt.getEpochSecond(), 60L);
    }

    /** The month in UTC, yyyy-mm. */
    String month() {
        return sentAt.toString().substring(0, 7);
    }

    /** The identifier and length only: the text is nobody's business who logs this. */
    @Override
    public String toString() {
        return "Document[" + id.hex() + ", " + text.length() + " characters]";
    }
}
