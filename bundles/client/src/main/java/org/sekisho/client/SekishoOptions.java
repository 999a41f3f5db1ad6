// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.sekisho.client.search.SearchSettings;
import org.sekisho.client.transport.RetryPolicy;

/**
 * How a session behaves. Immutable.
 *
 * @param trust PEM file of the authorities the gateway's certificate must lead to; empty: the one enrolled with
 * @param people PEM file of the authorities other participants' certificates must lead to; empty: those enrolled with
 * @param streaming server-sent events instead of long poll
 * @param patience how long blocking methods wait
 * @param search how it indexes and searches
 * @param storing whether what is sent is stored in the group's history as well
 */
public record SekishoOptions(
        Optional<Path> trust,
        Optional<Path> people,
        boolean streaming,
        Duration patience,
        RetryPolicy retry,
        SearchSettings search,
        boolean storing) {

    /** Long poll, 30 seconds. */
    public static final SekishoOptions DEFAULTS = new SekishoOptions(
            Optional.empty(),
            Optional.empty(),
            false,
            Duration.ofSeconds(30),
            RetryPolicy.DEFAULT,
            SearchSettings.DEFAULTS,
            false);

    public SekishoOptions withTrust(Path pem) {
        return new SekishoOptions(Optional.of(pem), people, streaming, patience, retry, search, storing);
    }

    public SekishoOptions withPeople(Path pem) {
        return new SekishoOptions(trust, Optional.of(pem), streaming, patience, retry, search, storing);
    }

    public SekishoOptions withStreaming() {
        return new SekishoOptions(trust, people, true, patience, retry, search, storing);
    }

    public SekishoOptions withPatience(Duration next) {
        return new SekishoOptions(trust, people, streaming, next, retry, search, storing);
    }

    /** How long a request is repeated while the gateway cannot be reached. */
    public SekishoOptions withRetry(Duration budget) {
        return new SekishoOptions(
                trust,
                people,
                streaming,
                patience,
                new RetryPolicy(budget, retry.first(), retry.longest()),
                search,
                storing);
    }

    /** How texts are indexed and searched. */
    public SekishoOptions with(SearchSettings next) {
        return new SekishoOptions(trust, people, streaming, patience, retry, next, storing);
    }

    /** Has {@link Group#send} store each message in the group's history too; the gateway needs its message store. */
    public SekishoOptions withStoring() {
        return new SekishoOptions(trust, people, streaming, patience, retry, search, true);
    }

    /** Leaves merging and auditing of the search index to other sessions. */
    public SekishoOptions withoutCompaction() {
        return with(search.withoutCompaction());
    }
}
