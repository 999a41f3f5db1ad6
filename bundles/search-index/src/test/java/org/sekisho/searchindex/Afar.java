// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.protocol.Allowance;
import org.sekisho.searchindex.protocol.MessageSource;
import org.sekisho.searchindex.protocol.Reading;
import org.sekisho.searchindex.text.Document;

/** Messages each of which has to be fetched; what is not there may come later. Counts. */
class Afar implements MessageSource {

    int fetched;
    int read;
    int opened;
    private final Map<Octets, Document> messages;

    Afar(Map<Octets, Document> messages) {
        this.messages = messages;
    }

    @Override
    public Optional<Document> find(Octets message) {
        return Optional.ofNullable(messages.get(message));
    }

    @Override
    public boolean later(Octets message) {
        return true;
    }

    @Override
    public Reading reading() {
        opened++;
        return new Reading() {
            @Override
            public Looked find(List<Octets> wanted, Allowance allowance) {
                Map<Octets, Document> found = new HashMap<>();
                Set<Octets> left = new HashSet<>();
                for (Octets message : wanted) {
                    if (allowance.spent() || !allowance.fetch()) {
                        left.add(message);
                        continue;
                    }
                    fetched++;
                    Optional<Document> document = Afar.this.find(message);
                    if (document.isPresent()
                            && !allowance.read(document.get().text().length())) {
                        left.add(message);
                        continue;
                    }
                    document.ifPresent(d -> {
                        read += d.text().length();
                        found.put(message, d);
                    });
                }
                return new Looked(found, left);
            }

            @Override
            public void close() {
                opened--;
            }
        };
    }
}
