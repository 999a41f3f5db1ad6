// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.searchindex.protocol.Allowance;
import org.sekisho.searchindex.protocol.Reading;
import org.sekisho.searchindex.text.Document;

/**
 * Texts this participant sent and received, sealed, so that hits can be checked and shown. Known to the index by their position in
 * the group's log: {@code 0^8 || u64 n}.
 */
public final class Archive {

    /** Octets of an identifier. */
    static final int ID = 16;

    private static final char MESSAGE = 'm';

    /** Longest text that is kept, in octets: of a message of 1 MiB, none of which is UTF-8. */
    private static final int MAX = 3 << 20;

    private final SearchRows rows;

    Archive(SearchRows rows) {
        this.rows = rows;
    }

    /** The identifier of the message at position {@code n}. */
    public static Octets id(long n) {
        return Octets.concat(Octets.of(new byte[8]), Octets.ofLong(n));
    }

    /** Whether it names a message of the log; others are of the message store. */
    public static boolean isPosted(Octets id) {
        return id.slice(0, 8).equals(Octets.of(new byte[8]));
    }

    /** The position of a message. */
    public static long position(Octets id) {
        return id.slice(8, 16).toLong();
    }

    /** Keeps a text. Again: nothing changes. */
    void keep(long n, LeafId sender, Instant at, String text) {
        keep(List.of(new Document(id(n), sender, at, text)));
    }

    /** Keeps texts. Again: nothing changes. */
    void keep(Collection<Document> documents) {
        rows.transact(tx -> {
            for (Document document : documents) {
                if (tx.get(MESSAGE, document.id()).isEmpty()) {
                    tx.put(MESSAGE, document.id(), encode(document));
                }
            }
            return documents;
        });
    }

    static Octets encode(Document document) {
        return new CborWriter()
                .array(3)
                .bytes(document.sender().value())
                .integer(document.sentAt().getEpochSecond())
                .bytes(Octets.utf8(document.text()))
                .toOctets();
    }

    Optional<Document> find(Octets message) {
        return rows.read(tx -> tx.get(MESSAGE, message)).map(value -> decode(message, value));
    }

    /** At once, in this order, up to the first that is not here; those behind what spends the allowance are left. */
    Reading.Looked find(List<Octets> messages, Allowance allowance) {
        return rows.read(tx -> {
            Map<Octets, Document> found = new HashMap<>();
            Set<Octets> left = new HashSet<>();
            for (Octets message : messages) {
                Optional<Octets> value = allowance.spent() ? Optional.empty() : tx.get(MESSAGE, message);
                if (value.isEmpty() && !allowance.spent()) {
                    break;
                }
                value.filter(v -> allowance.read(v.size()))
                        .ifPresentOrElse(v -> found.put(message, decode(message, v)), () -> left.add(message));
            }
            return new Reading.Looked(found, left);
        });
    }

    static Document decode(Octets id, Octets value) {
        var r = new CborReader(value);
        r.arrayOf(3);
        LeafId sender = r.leafId();
        Instant at = Instant.ofEpochSecond(r.integer());
        String text = r.octets(MAX).asUtf8();
        r.end();
        return new Document(id, sender, at, text);
    }
}
