// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.text.Document;

/**
 * Stored texts that were looked up within the last minute, and messages that were not to be had. In memory, bounded in octets; what was
 * used longest ago goes first. Safe for many threads.
 */
final class RecentTexts {

    private static final long OCTETS = 16 << 20;

    /** What anything kept costs beside its text. */
    private static final long ENTRY = 250;

    private static final Duration FRESH = Duration.ofMinutes(1);

    /** After this, what may come is looked for again. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final Map<Octets, Recent> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long octets;

    /**
     * What is known of a message.
     *
     * @param document empty when it was not to be had
     * @param later whether it may be had another time
     */
    record Recent(Optional<Document> document, boolean later, Instant until) {

        private long cost() {
            return ENTRY + document.map(d -> 2L * d.text().length()).orElse(0L);
        }
    }

    RecentTexts(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<Recent> get(Octets message) {
        return Optional.ofNullable(kept.get(message))
                .filter(r -> clock.instant().isBefore(r.until()));
    }

    void found(Document document) {
        put(
                document.id(),
                new Recent(Optional.of(document), false, clock.instant().plus(FRESH)));
    }

    void missed(Octets message, boolean later) {
        put(message, new Recent(Optional.empty(), later, clock.instant().plus(later ? SOON : FRESH)));
    }

    private synchronized void put(Octets message, Recent recent) {
        forget(message);
        kept.put(message, recent);
        octets += recent.cost();
        var oldest = kept.values().iterator();
        while (octets > OCTETS && oldest.hasNext()) {
            octets -= oldest.next().cost();
            oldest.remove();
        }
    }

    /** To be called from time to time: forgets what is older than a minute. */
    synchronized void forgetOld() {
        Instant now = clock.instant();
        kept.values().removeIf(recent -> {
            boolean old = !now.isBefore(recent.until());
            octets -= old ? recent.cost() : 0;
            return old;
        });
    }

    synchronized void forget(Octets message) {
        Recent old = kept.remove(message);
        octets -= old == null ? 0 : old.cost();
    }
}
