// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.client.history.History;
import org.sekisho.client.history.HistoryEntry;
import org.sekisho.searchindex.protocol.MessageSource;
import org.sekisho.searchindex.text.Document;

/**
 * Texts of the group's message store: only what this member could open and verify; what was removed or deleted, or is of a time it may
 * not read, is as if it were not there. A few are kept in memory for a minute, so that pages of one search are not fetched twice; for
 * that long a message that was deleted meanwhile may still be shown. Known to the index by their message id. Safe for many threads.
 */
final class StoredTexts implements MessageSource {

    private static final int KEPT = 1000;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Supplier<History> history;
    private final InstantSource clock;

    private final Map<Octets, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Octets, Kept> eldest) {
            return size() > KEPT;
        }
    };

    private record Kept(Document document, Instant at) {}

    StoredTexts(Supplier<History> history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    @Override
    public Optional<Document> find(Octets id) {
        return Optional.ofNullable(find(List.of(id)).get(id));
    }

    @Override
    public Map<Octets, Document> find(Collection<Octets> ids) {
        Map<Octets, Document> found = new HashMap<>();
        List<MessageId> wanted = new ArrayList<>();
        for (Octets id : ids) {
            if (!Archive.isPosted(id)) {
                fresh(id).ifPresentOrElse(document -> found.put(id, document), () -> wanted.add(new MessageId(id)));
            }
        }
        if (!wanted.isEmpty()) {
            history.get().find(wanted).forEach(entry -> document(entry).ifPresent(document -> {
                keep(document);
                found.put(document.id(), document);
            }));
        }
        return found;
    }

    private static Optional<Document> document(HistoryEntry entry) {
        boolean readable = entry.state() == HistoryEntry.State.READABLE
                && GroupIndex.isText(entry.contentType())
                && entry.content().isPresent();
        return readable
                ? Optional.of(new Document(
                        entry.message().value(),
                        entry.sender().orElseThrow(),
                        entry.sentAt().orElseThrow(),
                        entry.text()))
                : Optional.empty();
    }

    private synchronized Optional<Document> fresh(Octets id) {
        return Optional.ofNullable(kept.get(id))
                .filter(k -> clock.instant().isBefore(k.at().plus(FRESH)))
                .map(Kept::document);
    }

    /** Remembers what this member stored a moment ago, and forgets what is older than a minute. */
    synchronized void keep(Document document) {
        Instant old = clock.instant().minus(FRESH);
        kept.values().removeIf(k -> k.at().isBefore(old));
        kept.put(document.id(), new Kept(document, clock.instant()));
    }

    synchronized void forget(Octets id) {
        kept.remove(id);
    }
}
