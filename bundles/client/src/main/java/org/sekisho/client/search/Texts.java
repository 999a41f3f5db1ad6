// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.protocol.Allowance;
import org.sekisho.searchindex.protocol.MessageSource;
import org.sekisho.searchindex.protocol.Reading;
import org.sekisho.searchindex.text.Document;

/**
 * Where this participant has its messages: on their way into the index, in the archive, not handed to the application yet, or in the
 * group's message store.
 *
 * @param pending what waits for an application that does not listen
 */
record Texts(OwnTexts own, Archive archive, Supplier<Map<Octets, Document>> pending, StoredTexts stored)
        implements MessageSource {

    @Override
    public Optional<Document> find(Octets message) {
        if (Archive.isPosted(message)) {
            return archive.find(message)
                    .or(() -> Optional.ofNullable(pending.get().get(message)));
        }
        return own.find(message).or(() -> stored.find(message));
    }

    @Override
    public boolean later(Octets message) {
        return !Archive.isPosted(message) && stored.later(message);
    }

    @Override
    public Reading reading() {
        return new Page();
    }

    /** For one page of a search. */
    private final class Page implements Reading {

        private Optional<Reading> fetching = Optional.empty();
        private Optional<Map<Octets, Document>> waiting = Optional.empty();

        /** Neighbours of one kind together, so that what comes first is looked up first. */
        @Override
        public Looked find(List<Octets> messages, Allowance allowance) {
            Looked all = Looked.nothing(List.of());
            for (int from = 0, to; from < messages.size(); from = to) {
                boolean posted = Archive.isPosted(messages.get(from));
                to = from + 1;
                while (to < messages.size() && Archive.isPosted(messages.get(to)) == posted) {
                    to++;
                }
                List<Octets> run = messages.subList(from, to);
                all = all.and(posted ? posted(run, allowance) : fetching().find(run, allowance));
            }
            return all;
        }

        /** In this order, wherever they are: who comes first is charged first. */
        private Looked posted(List<Octets> messages, Allowance allowance) {
            Looked all = Looked.nothing(List.of());
            for (int at = 0; at < messages.size(); ) {
                Looked archived = archive.find(messages.subList(at, messages.size()), allowance);
                all = all.and(archived);
                at += archived.found().size() + archived.left().size();
                if (at < messages.size()) {
                    all = all.and(waiting(messages.get(at++), allowance));
                }
            }
            return all;
        }

        private Looked waiting(Octets message, Allowance allowance) {
            if (waiting.isEmpty()) {
                waiting = Optional.of(pending.get());
            }
            Document document = waiting.get().get(message);
            if (document == null) {
                return Looked.nothing(List.of());
            }
            return allowance.read(document.text().length())
                    ? new Looked(Map.of(message, document), Set.of())
                    : Looked.nothing(List.of(message));
        }

        /** Only when something is of the store. */
        private Reading fetching() {
            if (fetching.isEmpty()) {
                fetching = Optional.of(stored.reading());
            }
            return fetching.get();
        }

        @Override
        public void close() {
            fetching.ifPresent(Reading::close);
        }
    }
}
