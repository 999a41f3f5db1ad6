// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.util.List;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.searchindex.protocol.MemberRecords;

/** A member's records of one group's index, in the session's store. */
final class StoredRecords implements MemberRecords {

    private static final char ENTRY = 'e';
    private static final char OUTGOING = 'o';
    private static final char WAITING = 'w';
    private static final int MAX = 2 << 20;

    private final SearchRows rows;

    StoredRecords(SearchRows rows) {
        this.rows = rows;
    }

    @Override
    public List<Octets> entries() {
        return rows.read(tx -> tx.all(ENTRY)).stream().map(Row::value).toList();
    }

    @Override
    public void addEntries(long after, List<Octets> entries) {
        if (entries.isEmpty()) {
            return;
        }
        rows.transact(tx -> {
            long n = after;
            for (Octets entry : entries) {
                tx.put(ENTRY, Octets.ofLong(++n), entry);
            }
            return n;
        });
    }

    @Override
    public List<Outgoing> outbox() {
        return rows.read(tx -> tx.all(OUTGOING)).stream()
                .map(row -> decode(row.key(), row.value()))
                .toList();
    }

    private static Outgoing decode(Octets key, Octets value) {
        var r = new CborReader(value);
        r.arrayOf(2);
        var outgoing = new Outgoing(key, r.bool(), r.octets(MAX));
        r.end();
        return outgoing;
    }

    private static void put(SearchRows.Tx tx, Outgoing outgoing) {
        tx.put(
                OUTGOING,
                outgoing.key(),
                new CborWriter()
                        .array(2)
                        .bool(outgoing.segment())
                        .bytes(outgoing.bytes())
                        .toOctets());
    }

    @Override
    public void add(Outgoing outgoing) {
        rows.transact(tx -> {
            put(tx, outgoing);
            return outgoing;
        });
    }

    @Override
    public void remove(Outgoing outgoing) {
        rows.transact(tx -> {
            tx.delete(OUTGOING, outgoing.key());
            OwnTexts.arrived(tx, outgoing.key());
            return outgoing;
        });
    }

    @Override
    public List<Octets> waiting() {
        return rows.read(tx -> tx.all(WAITING)).stream().map(Row::key).toList();
    }

    @Override
    public void addWaiting(List<Octets> messages) {
        rows.transact(tx -> {
            messages.forEach(message -> await(tx, message));
            return messages;
        });
    }

    /** From now on it waits to be indexed. */
    static void await(SearchRows.Tx tx, Octets message) {
        tx.put(WAITING, message, Octets.EMPTY);
    }

    @Override
    public void forgetWaiting(List<Octets> messages) {
        rows.transact(tx -> {
            messages.forEach(message -> {
                tx.delete(WAITING, message);
                OwnTexts.forget(tx, message);
            });
            return messages;
        });
    }

    @Override
    public void pack(List<Octets> messages, Outgoing segment) {
        rows.transact(tx -> {
            messages.forEach(message -> tx.delete(WAITING, message));
            put(tx, segment);
            OwnTexts.packed(tx, messages, segment.key());
            return segment;
        });
    }

    @Override
    public void unpack(Outgoing segment, List<Octets> messages) {
        rows.transact(tx -> {
            messages.forEach(message -> await(tx, message));
            tx.delete(OUTGOING, segment.key());
            OwnTexts.unpacked(tx, segment.key());
            return segment;
        });
    }
}
