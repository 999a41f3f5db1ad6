// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.text.Document;

/** Of messages that are at hand: one after the other, nothing to close. */
record PlainReading(MessageSource source) implements Reading {

    @Override
    public Looked find(List<Octets> messages, Allowance allowance) {
        Map<Octets, Document> found = new HashMap<>();
        Set<Octets> left = new HashSet<>();
        for (Octets message : messages) {
            Optional<Document> document = allowance.spent() ? Optional.empty() : source.find(message);
            if (allowance.spent()
                    || document.isPresent()
                            && !allowance.read(document.get().text().length())) {
                left.add(message);
            } else {
                document.ifPresent(d -> found.put(message, d));
            }
        }
        return new Looked(found, left);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
