// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.client.search.Archive;
import org.sekisho.searchindex.protocol.Cursor;
import org.sekisho.searchindex.protocol.Hit;
import org.sekisho.searchindex.protocol.SearchPage;

/**
 * Hits, the newest first.
 *
 * @param next pass it to {@link Group#search(String, int, Optional)} for older ones; empty when there are none.
 *     A page that would take too much to look up has fewer hits than wanted, or none, and goes on there
 * @param missing candidates whose messages this participant does not have
 * @param unsearched segments that could not be searched: of a time this member may not read, or damaged by the gateway
 */
public record SearchResult(List<SearchHit> hits, Optional<Cursor> next, long missing, long unsearched) {

    public SearchResult {
        hits = List.copyOf(hits);
    }

    static SearchResult of(SearchPage page) {
        return new SearchResult(
                page.hits().stream().map(SearchResult::hit).toList(),
                page.next(),
                page.unresolved(),
                page.unread() + page.damaged());
    }

    private static SearchHit hit(Hit hit) {
        Octets id = hit.document().id();
        boolean posted = Archive.isPosted(id);
        return new SearchHit(
                posted ? Archive.position(id) : 0,
                posted ? Optional.empty() : Optional.of(new MessageId(id)),
                hit.document().sender(),
                hit.document().text(),
                hit.highlights().stream()
                        .map(h -> new SearchHit.Part(h.start(), h.end()))
                        .toList());
    }
}
