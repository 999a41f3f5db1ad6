// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.searchindex.text.Document;

/**
 * Own texts on their way into the index, sealed: kept from before the message store hears of them until the segment made of them has
 * arrived, so that nothing has to be had from anywhere else to index them. Whether the store has a text is in doubt until it is settled.
 * Safe for many threads.
 */
final class OwnTexts {

    private static final char TEXT = 't';
    private static final char DOUBT = 'd';
    private static final char PACKED = 'p';

    private final SearchRows rows;

    /** Being sent just now: nobody else is to ask what became of them. */
    private final Set<Octets> going = ConcurrentHashMap.newKeySet();

    OwnTexts(SearchRows rows) {
        this.rows = rows;
    }

    /** Keeps a text that the message store is about to get. */
    void begin(Document document) {
        going.add(document.id());
        rows.transact(tx -> {
            tx.put(TEXT, document.id(), Archive.encode(document));
            tx.put(DOUBT, document.id(), Octets.EMPTY);
            return document;
        });
    }

    /** The store was asked. */
    void end(Octets message) {
        going.remove(message);
    }

    /** When the store has it, it waits to be indexed; else it is forgotten. Nothing when it is settled, or another's. */
    Optional<Document> settle(Octets message, boolean stored) {
        return rows.transact(tx -> {
            Optional<Octets> text = tx.get(DOUBT, message).flatMap(doubt -> tx.get(TEXT, message));
            if (text.isEmpty()) {
                return Optional.<Document>empty();
            }
            tx.delete(DOUBT, message);
            if (stored) {
                StoredRecords.await(tx, message);
            } else {
                tx.delete(TEXT, message);
            }
            return text.map(value -> Archive.decode(message, value));
        });
    }

    /** Texts of which it is not known whether the store has them, and nobody is about to say. */
    List<Document> doubtful() {
        List<Octets> ids = rows.read(tx -> tx.all(DOUBT)).stream().map(Row::key).toList();
        List<Document> found = new ArrayList<>();
        ids.stream().filter(id -> !going.contains(id)).forEach(id -> find(id).ifPresent(found::add));
        return found;
    }

    Optional<Document> find(Octets message) {
        return rows.read(tx -> tx.get(TEXT, message)).map(value -> Archive.decode(message, value));
    }

    /** It is not to be indexed. */
    static void forget(SearchRows.Tx tx, Octets message) {
        tx.delete(TEXT, message);
        tx.delete(DOUBT, message);
    }

    /** They are in a segment, which has not arrived. */
    static void packed(SearchRows.Tx tx, List<Octets> messages, Octets segment) {
        Octets stored = Octets.concat(
                messages.stream().filter(id -> !Archive.isPosted(id)).toArray(Octets[]::new));
        if (!stored.isEmpty()) {
            tx.put(PACKED, segment, stored);
        }
    }

    /** The segment has arrived. */
    static void arrived(SearchRows.Tx tx, Octets segment) {
        tx.get(PACKED, segment).ifPresent(ids -> {
            for (int at = 0; at < ids.size(); at += Archive.ID) {
                tx.delete(TEXT, ids.slice(at, at + Archive.ID));
            }
            tx.delete(PACKED, segment);
        });
    }

    /** The segment is made again. */
    static void unpacked(SearchRows.Tx tx, Octets segment) {
        tx.delete(PACKED, segment);
    }
}
