// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.text.Document;

/** Where hits are looked up: messages decrypted, their senders verified. */
@FunctionalInterface
public interface MessageSource {

    /** Empty when there is no such message here, or it may not be read. */
    Optional<Document> find(Octets message);

    /** Those of these that are there and may be read; at once where the store can. */
    default Map<Octets, Document> find(Collection<Octets> messages) {
        Map<Octets, Document> found = new HashMap<>();
        messages.forEach(message -> find(message).ifPresent(document -> found.put(message, document)));
        return found;
    }
}
