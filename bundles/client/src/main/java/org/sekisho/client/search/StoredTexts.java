// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.client.history.Finder;
import org.sekisho.client.history.History;
import org.sekisho.client.history.HistoryEntry;
import org.sekisho.searchindex.protocol.Allowance;
import org.sekisho.searchindex.protocol.MessageSource;
import org.sekisho.searchindex.protocol.Reading;
import org.sekisho.searchindex.text.Document;

/**
 * Texts of the group's message store: only what this member could open and verify; what was removed or deleted, or is of a time it may
 * not read, is as if it were not there. What was looked up is remembered for a minute, so that pages of one search are not fetched
 * twice; for that long a message that was deleted meanwhile may still be shown. Known to the index by their message id. Safe for many
 * threads.
 */
final class StoredTexts implements MessageSource {

    private final Supplier<History> history;
    private final RecentTexts recent;

    StoredTexts(Supplier<History> history, InstantSource clock) {
        this.history = history;
        this.recent = new RecentTexts(clock);
    }

    @Override
    public Optional<Document> find(Octets message) {
        Optional<RecentTexts.Recent> known = recent.get(message);
        if (known.isPresent()) {
            return known.get().document();
        }
        try (Finder finder = history.get().finder()) {
            return remember(message, look(finder, message, meta -> true));
        }
    }

    /** Unless it is known that it is deleted, forged, or no text. */
    @Override
    public boolean later(Octets message) {
        return recent.get(message).map(RecentTexts.Recent::later).orElse(true);
    }

    /** Remembers what this member stored a moment ago. */
    void keep(Document document) {
        recent.found(document);
    }

    void forget(Octets message) {
        recent.forget(message);
    }

    /** To be called from time to time: what was looked up more than a minute ago leaves the memory. */
    void forgetOld() {
        recent.forgetOld();
    }

    @Override
    public Reading reading() {
        return new Fetching(history.get().finder());
    }

    private static Optional<HistoryEntry> look(Finder finder, Octets message, Predicate<MessageMeta> wanted) {
        return finder.find(
                new MessageId(message),
                meta -> GroupIndex.isText(meta.contentType())
                        && meta.plainLength() <= History.WHOLE
                        && wanted.test(meta));
    }

    private Optional<Document> remember(Octets message, Optional<HistoryEntry> entry) {
        Optional<Document> document = entry.flatMap(StoredTexts::document);
        document.ifPresentOrElse(
                recent::found,
                () -> recent.missed(
                        message, entry.filter(StoredTexts::mayOpenLater).isPresent()));
        return document;
    }

    private static Optional<Document> document(HistoryEntry entry) {
        boolean readable =
                entry.state() == HistoryEntry.State.READABLE && entry.content().isPresent();
        return readable
                ? Optional.of(new Document(
                        entry.message().value(),
                        entry.sender().orElseThrow(),
                        entry.sentAt().orElseThrow(),
                        entry.text()))
                : Optional.empty();
    }

    private static boolean mayOpenLater(HistoryEntry entry) {
        return entry.state() == HistoryEntry.State.PENDING_REENCRYPTION
                || entry.state() == HistoryEntry.State.HEADER_CORRUPT;
    }

    /** For one page of a search. */
    private final class Fetching implements Reading {

        private final Finder finder;

        private Fetching(Finder finder) {
            this.finder = finder;
        }

        @Override
        public Looked find(List<Octets> messages, Allowance allowance) {
            Map<Octets, Document> found = new HashMap<>();
            Set<Octets> left = new HashSet<>();
            for (Octets message : messages) {
                Optional<Document> document = allowance.spent() ? Optional.empty() : one(message, allowance);
                if (allowance.spent()) {
                    left.add(message);
                } else {
                    document.ifPresent(d -> found.put(message, d));
                }
            }
            return new Looked(found, left);
        }

        /** Says nothing when the allowance is spent afterwards. */
        private Optional<Document> one(Octets message, Allowance allowance) {
            Optional<RecentTexts.Recent> known = recent.get(message);
            if (known.isPresent()) {
                return known.get()
                        .document()
                        .filter(d -> allowance.read(d.text().length()));
            }
            if (!allowance.fetch()) {
                return Optional.empty();
            }
            Optional<HistoryEntry> entry = look(finder, message, meta -> allowance.read(meta.plainLength()));
            return allowance.spent() ? Optional.empty() : remember(message, entry);
        }

        @Override
        public void close() {
            finder.close();
        }
    }
}
