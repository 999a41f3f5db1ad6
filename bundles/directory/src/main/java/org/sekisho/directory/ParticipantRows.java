// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.RejectedException;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.directory.records.ParticipantRow;

/**
 * Participants: {@code "p"} and leaf; and, in the order of names, {@code "n"}, as much of the name as fits, a zero and the
 * leaf. Names that differ only beyond that are in the order of their leaves.
 */
final class ParticipantRows {

    private static final Octets PARTICIPANT = Octets.utf8("p");
    private static final Octets NAME = Octets.utf8("n");
    private static final int MAX_NAME = 120;

    private final RowTx tx;

    ParticipantRows(RowTx tx) {
        this.tx = tx;
    }

    Optional<Participant> get(LeafId leaf) {
        return tx.get(Table.PARTICIPANT, key(leaf)).map(ParticipantRow::decode);
    }

    void put(Participant participant) {
        tx.put(Table.PARTICIPANT, key(participant.leaf()), ParticipantRow.encode(participant));
        tx.put(Table.PARTICIPANT, nameKey(participant), participant.leaf().value());
    }

    /** A page by name; the cursor is the last key of the page before. */
    Page<Participant> page(Optional<String> cursor, int limit) {
        List<Row> rows = tx.scan(
                Table.PARTICIPANT, NAME, cursor.map(ParticipantRows::after).orElse(NAME), limit);
        List<Participant> participants = rows.stream()
                .flatMap(row -> get(new LeafId(row.value())).stream())
                .toList();
        boolean more = rows.size() == limit;
        return new Page<>(
                participants, more ? Optional.of(rows.get(limit - 1).key().base64()) : Optional.empty());
    }

    private static Octets after(String cursor) {
        Octets key = Octets.ofBase64(cursor);
        if (key.size() > RowStore.MAX_KEY || !key.startsWith(NAME)) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a cursor of this list");
        }
        return key;
    }

    private static Octets key(LeafId leaf) {
        return Octets.concat(PARTICIPANT, leaf.value());
    }

    private static Octets nameKey(Participant participant) {
        Octets name = Octets.utf8(participant.name());
        Octets start = name.size() > MAX_NAME ? name.slice(0, MAX_NAME) : name;
        return Octets.concat(
                NAME, start, Octets.of((byte) 0), participant.leaf().value());
    }
}
