// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.audit.protocol.ChainWalk;
import org.sekisho.audit.protocol.Head;
import org.sekisho.audit.protocol.Link;
import org.sekisho.codec.MalformedException;

/** The rows of one scope's trail: key {@code "h"} is the head, {@code "r"} and the number (8 octets) is a record. */
final class Trail {

    private static final Octets HEAD = Octets.utf8("h");
    private static final Octets RECORD = Octets.utf8("r");
    private static final int PAGE = 500;

    private final RowTx tx;

    Trail(RowTx tx) {
        this.tx = tx;
    }

    /** Writes the next record and moves the head to it. */
    AuditRecord append(Instant at, AuditEntry entry) {
        Head before = head().orElseGet(this::empty);
        AuditRecord record = Link.following(before, at, entry);
        if (!tx.insert(Table.AUDIT, key(record.n()), Link.encode(record))) {
            throw damaged("a record stands after the head");
        }
        tx.put(Table.AUDIT, HEAD, new Head(record.n(), record.hash()).encode());
        return record;
    }

    private Optional<Head> head() {
        try {
            return tx.get(Table.AUDIT, HEAD).map(Head::decode);
        } catch (MalformedException e) {
            throw damaged("the head cannot be read");
        }
    }

    List<AuditRecord> records(long after, int limit) {
        var records = new ArrayList<AuditRecord>();
        for (Row row : tx.scan(Table.AUDIT, RECORD, key(after), limit)) {
            try {
                records.add(Link.decode(row.value()));
            } catch (MalformedException e) {
                throw damaged("a record cannot be read");
            }
        }
        return records;
    }

    /** Takes {@code walk} along the records after the one it stands at, to the head. */
    void follow(ChainWalk walk) {
        List<Row> rows;
        Octets after = key(walk.last().n());
        do {
            rows = tx.scan(Table.AUDIT, RECORD, after, PAGE);
            for (Row row : rows) {
                if (!walk.accept(number(row.key()), row.value())) {
                    return;
                }
                after = row.key();
            }
        } while (rows.size() == PAGE);
        try {
            walk.end(tx.get(Table.AUDIT, HEAD).map(Head::decode));
        } catch (MalformedException e) {
            walk.stop("the head cannot be read");
        }
    }

    /** Number of rows beside head and records: there should be none. */
    long strangers(Head last) {
        long expected = last.n() == 0 ? 0 : last.n() + 1;
        return tx.count(Table.AUDIT, Octets.EMPTY) - expected;
    }

    private Head empty() {
        if (tx.last(Table.AUDIT, RECORD).isPresent()) {
            throw damaged("the head is missing");
        }
        return Head.ofEmpty(tx.scope());
    }

    private static Octets key(long n) {
        return Octets.concat(RECORD, Octets.ofLong(n));
    }

    /** The number in a key; 0, which no record has, for a key that is none. */
    private static long number(Octets key) {
        return key.size() == 9 ? key.slice(1, 9).toLong() : 0;
    }

    private static UnavailableException damaged(String how) {
        return new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the audit trail is damaged: " + how);
    }
}
