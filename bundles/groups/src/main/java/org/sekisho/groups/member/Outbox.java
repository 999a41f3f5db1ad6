// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EnvelopeCodec;

/** What must reach the gateway, in order; the octets never change, so sending again is the same as sending once. */
final class Outbox {

    private static final int VERSION = 1;

    private Outbox() {}

    static void add(RowTx tx, Outgoing.Way way, Optional<LeafId> to, Octets bytes) {
        long n = Counters.next(tx, "outbox");
        tx.put(Table.OUTBOX, Octets.ofLong(n), Cbor.encode(VERSION, way.ordinal(), to, bytes));
    }

    static List<Outgoing> entries(RowTx tx, int limit) {
        return tx.scan(Table.OUTBOX, Octets.EMPTY, Octets.EMPTY, limit).stream()
                .map(row -> decode(tx, row))
                .toList();
    }

    static Optional<Outgoing> find(RowTx tx, long n) {
        Octets key = Octets.ofLong(n);
        return tx.get(Table.OUTBOX, key).map(value -> decode(tx, new Row(key, value)));
    }

    static void remove(RowTx tx, long n) {
        tx.delete(Table.OUTBOX, Octets.ofLong(n));
    }

    private static Outgoing decode(RowTx tx, Row row) {
        CborReader in = new CborReader(row.value());
        in.struct(VERSION, 4);
        Outgoing entry = new Outgoing(
                new GroupId(tx.scope()),
                row.key().toLong(),
                Outgoing.Way.values()[(int) in.uint(Outgoing.Way.values().length - 1)],
                in.optional(CborReader::leafId),
                in.octets(EnvelopeCodec.MAX_SIGNED));
        in.end();
        return entry;
    }

    static SignedEnvelope envelope(Outgoing entry) {
        return EnvelopeCodec.decodeSigned(entry.bytes());
    }
}
