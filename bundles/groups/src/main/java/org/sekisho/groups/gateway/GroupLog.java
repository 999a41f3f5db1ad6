// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EnvelopeCodec;

/** The ordered log of the transaction's scope: a group's, or a mailbox. Positions are given once and never again. */
final class GroupLog {

    /** Most octets that one reading gives, one entry excepted. */
    static final int MAX_READ = 4 << 20;

    private static final Octets HEAD = Octets.utf8("head");
    private static final int PAGE = 16;
    private static final int VERSION = 1;
    private static final int MAX_ENTRY = EnvelopeCodec.MAX_SIZE + 256;

    /** Whether a reader may see an entry. */
    @FunctionalInterface
    interface Visible {
        boolean test(long n, Optional<LeafId> to);
    }

    private record Stored(LogEntry.Kind kind, Optional<LeafId> to, Octets bytes, Instant at) {}

    /** Position of the newest entry; 0 when there is none. */
    long head(RowTx tx) {
        return tx.get(Table.COUNTER, HEAD).map(Octets::toLong).orElse(0L);
    }

    /** Keeps the envelope without slices, and each slice under its leaf. */
    long append(RowTx tx, SignedEnvelope signed, Instant at) {
        Optional<LeafId> to =
                signed.envelope().to() instanceof Party.Member m ? Optional.of(m.leaf()) : Optional.empty();
        Octets bare = EnvelopeCodec.encode(EnvelopeCodec.bare(signed));
        long n = append(tx, new Stored(LogEntry.Kind.ENVELOPE, to, bare, at));
        if (!signed.slices().isEmpty()) {
            tx.putAll(
                    Table.SLICE,
                    signed.slices().entrySet().stream()
                            .map(e -> new Row(sliceKey(n, e.getKey()), e.getValue()))
                            .toList());
        }
        return n;
    }

    long append(RowTx tx, Octets message, Instant at) {
        return append(tx, new Stored(LogEntry.Kind.MESSAGE, Optional.empty(), message, at));
    }

    private long append(RowTx tx, Stored entry) {
        long n = head(tx) + 1;
        tx.put(
                Table.LOG,
                Octets.ofLong(n),
                Cbor.encode(
                        VERSION,
                        entry.kind().ordinal(),
                        entry.to(),
                        entry.bytes(),
                        entry.at().toEpochMilli()));
        tx.put(Table.COUNTER, HEAD, Octets.ofLong(n));
        return n;
    }

    /** Positions after {@code after} and up to {@code through}. */
    record Range(long after, long through) {}

    /** What {@code reader} may see in {@code range}, ascending: at most {@code limit} entries and {@link #MAX_READ}. */
    List<LogEntry> read(RowTx tx, LeafId reader, Range range, int limit, Visible visible) {
        var found = new ArrayList<LogEntry>();
        long octets = 0;
        Octets last = Octets.ofLong(Math.max(0, range.after()));
        for (List<Row> page; !(page = tx.scan(Table.LOG, Octets.EMPTY, last, PAGE)).isEmpty(); ) {
            for (Row row : page) {
                long n = row.key().toLong();
                if (n > range.through()) {
                    return found;
                }
                Stored entry = decode(row.value());
                if (visible.test(n, entry.to())) {
                    octets += entry.bytes().size();
                    if (found.size() == limit || octets > MAX_READ && !found.isEmpty()) {
                        return found;
                    }
                    Optional<Octets> slice = tx.get(Table.SLICE, sliceKey(n, reader));
                    found.add(new LogEntry(n, entry.kind(), entry.bytes(), slice, entry.at()));
                }
            }
            last = page.get(page.size() - 1).key();
        }
        return found;
    }

    /** The octets of an entry, if it is there. */
    Optional<Octets> bytes(RowTx tx, long n) {
        return tx.get(Table.LOG, Octets.ofLong(n)).map(v -> decode(v).bytes());
    }

    /** Forgets an entry; its position stays used. */
    boolean delete(RowTx tx, long n) {
        return tx.delete(Table.LOG, Octets.ofLong(n));
    }

    /**
     * An entry that was forgotten.
     *
     * @param to who alone could see it; empty when everybody could
     */
    record Forgotten(long n, LogEntry.Kind kind, Optional<LeafId> to, Octets bytes) {}

    /** Forgets the first entries, a few at once, and their slices; those up to {@code through}. Empty when none is left. */
    List<Forgotten> forget(RowTx tx, long through) {
        List<Forgotten> gone = new ArrayList<>();
        for (Row row : tx.scan(Table.LOG, Octets.EMPTY, Octets.EMPTY, PAGE)) {
            long n = row.key().toLong();
            if (n > through) {
                break;
            }
            for (List<Row> slices; !(slices = tx.scan(Table.SLICE, row.key(), Octets.EMPTY, PAGE)).isEmpty(); ) {
                slices.forEach(slice -> tx.delete(Table.SLICE, slice.key()));
            }
            tx.delete(Table.LOG, row.key());
            Stored entry = decode(row.value());
            gone.add(new Forgotten(n, entry.kind(), entry.to(), entry.bytes()));
        }
        return gone;
    }

    private static Octets sliceKey(long n, LeafId leaf) {
        return Octets.concat(Octets.ofLong(n), leaf.value());
    }

    private static Stored decode(Octets value) {
        var r = new CborReader(value);
        r.struct(VERSION, 5);
        var entry = new Stored(
                LogEntry.Kind.values()[(int) r.uint(LogEntry.Kind.values().length - 1)],
                r.optional(CborReader::leafId),
                r.octets(MAX_ENTRY),
                Instant.ofEpochMilli(r.integer()));
        r.end();
        return entry;
    }
}
