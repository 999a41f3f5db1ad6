// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.searchindex.protocol.EntryRules;
import org.sekisho.searchindex.protocol.SegmentState;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.Head;
import org.sekisho.searchindex.wire.Manifest;

/** The index log, segments, leases and rings of one group: rows of the caller's transaction. */
final class IndexRows implements EntryRules.Known {

    private static final Octets SCOPE = Octets.utf8("/index");
    private static final Octets ENTRY = Octets.utf8("E");
    private static final Octets HASH = Octets.utf8("h");
    private static final Octets HEAD = Octets.utf8("H");
    private static final Octets SEGMENT = Octets.utf8("S");
    private static final Octets LEASE = Octets.utf8("F");
    private static final Octets RING = Octets.utf8("R");
    private static final Octets GARBAGE = Octets.utf8("G");
    private static final Octets SAID = Octets.utf8("X");

    private final RowTx tx;
    private final GroupId group;

    IndexRows(RowTx tx) {
        this.tx = tx;
        this.group = new GroupId(tx.scope().slice(0, GroupId.SIZE));
    }

    /** Of its own, so that searching and indexing do not hold up the group's messages. */
    static Octets scope(GroupId group) {
        return Octets.concat(group.value(), SCOPE);
    }

    static boolean isScope(Octets scope) {
        return scope.size() == GroupId.SIZE + SCOPE.size()
                && scope.slice(GroupId.SIZE, scope.size()).equals(SCOPE);
    }

    /** Newest position, its hash, and what is counted of the log. */
    record Top(Head head, long newestCohort, long tombstones) {}

    Top top() {
        return tx.get(Table.INDEX, HEAD)
                .map(value -> {
                    var r = new CborReader(value);
                    r.arrayOf(4);
                    var top = new Top(new Head(r.integer(), r.hash()), r.integer(), r.integer());
                    r.end();
                    return top;
                })
                .orElseGet(() -> new Top(Head.empty(group), 0, 0));
    }

    /** Appends what was judged; returns its position. */
    long append(Top before, Entry entry) {
        Head head = before.head().after(entry.encoded());
        boolean manifest = entry.statement() instanceof Manifest;
        long cohort = manifest ? ((Manifest) entry.statement()).keyCohort() : before.newestCohort();
        long tombstones =
                before.tombstones() + (entry.statement() instanceof org.sekisho.searchindex.wire.Tombstone ? 1 : 0);
        tx.put(Table.INDEX, numbered(ENTRY, head.n()), entry.encoded());
        tx.put(Table.INDEX, numbered(HASH, head.n()), head.hash().value());
        tx.put(
                Table.INDEX,
                HEAD,
                Cbor.encode(head.n(), head.hash(), Math.max(cohort, before.newestCohort()), tombstones));
        return head.n();
    }

    private static Octets numbered(Octets kind, long n) {
        return Octets.concat(kind, Octets.ofLong(n));
    }

    List<Octets> entries(long after, int limit) {
        return tx.scan(Table.INDEX, ENTRY, numbered(ENTRY, after), limit).stream()
                .map(Row::value)
                .toList();
    }

    Optional<Octets> entry(long n) {
        return tx.get(Table.INDEX, numbered(ENTRY, n));
    }

    @Override
    public Optional<Hash> hashAt(long n) {
        if (n == 0) {
            return Optional.of(Head.empty(group).hash());
        }
        return tx.get(Table.INDEX, numbered(HASH, n)).map(Hash::new);
    }

    @Override
    public long newestCohort() {
        return top().newestCohort();
    }

    Optional<SegmentRecord> record(Octets segment) {
        return tx.get(Table.INDEX, Octets.concat(SEGMENT, segment)).map(value -> SegmentRecord.decode(segment, value));
    }

    /** A page of a segment's rows. */
    Optional<Octets> page(Octets key) {
        return tx.get(Table.INDEX_PAGE, key);
    }

    void put(SegmentRecord record) {
        tx.put(Table.INDEX, Octets.concat(SEGMENT, record.segment()), record.encode());
    }

    List<SegmentRecord> records(Octets after, int limit) {
        return tx
                .scan(Table.INDEX, SEGMENT, after.isEmpty() ? Octets.EMPTY : Octets.concat(SEGMENT, after), limit)
                .stream()
                .map(row -> SegmentRecord.decode(row.key().slice(1, row.key().size()), row.value()))
                .toList();
    }

    Manifest manifest(SegmentRecord record) {
        return (Manifest) Entry.decode(entry(record.n()).orElseThrow()).statement();
    }

    @Override
    public Optional<SegmentState> segment(Octets id) {
        return record(id).map(r -> new SegmentState(manifest(r), r.n(), r.phase(), r.audited()));
    }

    /**
     * The right to compact a level.
     *
     * @param until milliseconds
     */
    record Lease(long fence, LeafId holder, long until) {}

    Optional<Lease> lease(int level) {
        return tx.get(Table.INDEX, Octets.concat(LEASE, Octets.of((byte) level)))
                .map(value -> {
                    var r = new CborReader(value);
                    r.arrayOf(3);
                    var lease = new Lease(r.integer(), r.leafId(), r.integer());
                    r.end();
                    return lease;
                });
    }

    void put(int level, Lease lease) {
        tx.put(
                Table.INDEX,
                Octets.concat(LEASE, Octets.of((byte) level)),
                Cbor.encode(lease.fence(), lease.holder(), lease.until()));
    }

    Optional<Octets> ring() {
        return tx.get(Table.INDEX_DIRECTORY, RING);
    }

    void putRing(Octets ring) {
        tx.put(Table.INDEX_DIRECTORY, RING, ring);
    }

    /** Where a tombstone or an audit is, by its entry's hash. */
    Optional<Long> said(Hash entry) {
        return tx.get(Table.INDEX, Octets.concat(SAID, entry.value())).map(Octets::toLong);
    }

    void remember(Hash entry, long n) {
        tx.put(Table.INDEX, Octets.concat(SAID, entry.value()), Octets.ofLong(n));
    }

    /** What may go, with the time (seconds) from which it may. */
    record Garbage(Octets segment, long from) {}

    /** Replaces an earlier word on the same segment. */
    void discard(Octets segment, long from) {
        tx.put(Table.INDEX, Octets.concat(GARBAGE, segment), Octets.ofLong(from));
    }

    void keep(Octets segment) {
        tx.delete(Table.INDEX, Octets.concat(GARBAGE, segment));
    }

    List<Garbage> garbage(int limit) {
        return tx.scan(Table.INDEX, GARBAGE, Octets.EMPTY, limit).stream()
                .map(row -> new Garbage(
                        row.key().slice(1, row.key().size()), row.value().toLong()))
                .toList();
    }
}
