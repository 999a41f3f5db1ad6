// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.text.Document;

/** Where hits are looked up: messages decrypted, their senders verified. */
@FunctionalInterface
public interface MessageSource {

    /** Empty when there is no such message here, or it may not be read. An exception when that cannot be said now. */
    Optional<Document> find(Octets message);

    /** Whether a message that {@link #find} does not have may be had another time: then it goes on waiting to be indexed. */
    default boolean later(Octets message) {
        return false;
    }

    /** Looks messages up for one page of a search. Closed when the page is made. */
    default Reading reading() {
        return new PlainReading(this);
    }
}
