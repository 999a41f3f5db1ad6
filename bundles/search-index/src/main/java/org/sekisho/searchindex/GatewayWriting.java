// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.RejectedException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.group.Limit;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.IndexWriting;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.protocol.EntryRules;
import org.sekisho.searchindex.protocol.FactsTable;
import org.sekisho.searchindex.protocol.SegmentState.Phase;
import org.sekisho.searchindex.wire.Audit;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Manifest;
import org.sekisho.searchindex.wire.Replaced;
import org.sekisho.searchindex.wire.Ring;
import org.sekisho.searchindex.wire.SegmentFile;

/**
 * What members write. An entry enters the log exactly when {@link EntryRules} accepts it, with everything it changes in one small
 * transaction; rows and directories of long segments were staged before. Safe for many threads.
 */
final class GatewayWriting implements IndexWriting {

    static final Duration LEASE = Duration.ofMinutes(2);

    /** How long what was replaced is kept for an audit. */
    static final Duration AUDIT = Duration.ofDays(30);

    /** How long an unfinished upload is kept. */
    static final Duration UPLOAD = Duration.ofDays(1);

    private static final int MAX_UPLOADS = 16;

    private final RowStore rows;
    private final GroupFacts groups;
    private final InstantSource clock;

    GatewayWriting(RowStore rows, GroupFacts groups, InstantSource clock) {
        this.rows = rows;
        this.groups = groups;
        this.clock = clock;
    }

    private FactsTable demand(Caller caller, GroupId group) {
        GroupView view = groups.demand(Operation.INDEX_WRITE, caller, group);
        return groups.facts(caller, view);
    }

    @Override
    public Receipt publish(Caller caller, GroupId group, Octets segmentFile, long fence) {
        FactsTable facts = demand(caller, group);
        SegmentFile file = SegmentFile.decode(segmentFile);
        Manifest manifest = file.manifest();
        byte[] bytes = file.rows().toByteArray();
        int rowSize = IndexLimits.row(manifest.level());
        Pages.check(bytes, rowSize, Octets.EMPTY);
        boolean matches = bytes.length == (long) manifest.rows() * rowSize
                && Manifest.hashRows(bytes).equals(manifest.rowsHash())
                && file.directory().size() == manifest.directorySize()
                && Sha256.hash(file.directory()).equals(manifest.directoryHash());
        if (!matches) {
            throw new RejectedException(ErrorCode.MALFORMED, "the segment is not what its manifest says");
        }
        var pages = Pages.of(manifest.segment(), bytes, rowSize, SegmentRecord.pages(manifest.rows()));
        return rows.transact(IndexRows.scope(group), tx -> {
            Receipt receipt = add(tx, caller, facts, file.entry(), fence);
            if (receipt.state() == Receipt.State.DONE) {
                tx.putAll(Table.INDEX_PAGE, pages);
                tx.put(Table.INDEX_DIRECTORY, Pages.key(manifest.segment(), 0), file.directory());
            }
            return receipt;
        });
    }

    @Override
    public void stage(Caller caller, GroupId group, SegmentPart part) {
        demand(caller, group);
        LeafId writer = caller.requireLeaf();
        rows.transact(IndexRows.scope(group), tx -> {
            var index = new IndexRows(tx);
            if (index.record(part.segment()).isPresent()) {
                throw new ConflictException(ErrorCode.ALREADY_EXISTS, "this segment is there already");
            }
            Staging staging = Staging.find(tx, part.segment()).orElseGet(() -> begin(tx, index, writer, part));
            if (!staging.writer().equals(writer) || staging.rowSize() != part.rowSize()) {
                throw new ConflictException(ErrorCode.ALREADY_EXISTS, "somebody else's upload");
            }
            (part.rows() ? rows(tx, staging, part) : directory(tx, staging, part)).save(tx, part.segment());
            return part;
        });
    }

    private Staging begin(RowTx tx, IndexRows index, LeafId writer, SegmentPart part) {
        if (Staging.count(tx) >= MAX_UPLOADS) {
            throw new UnavailableException(ErrorCode.QUEUE_FULL, "too many uploads at once");
        }
        index.discard(part.segment(), clock.instant().plus(UPLOAD).getEpochSecond());
        return Staging.begin(writer, part.rowSize());
    }

    private static Staging rows(RowTx tx, Staging staging, SegmentPart part) {
        boolean known = IndexLimits.row(0) == part.rowSize() || IndexLimits.row(1) == part.rowSize();
        if (!known || part.total() > (long) IndexLimits.MAX_ROWS * part.rowSize()) {
            throw new RejectedException(ErrorCode.MALFORMED, "no such rows");
        }
        if (part.offset() + part.bytes().size() <= staging.rows()) {
            return staging; // came before; the manifest's hash will tell if it was something else
        }
        requireNext(part, staging.rows(), staging.totalRows());
        byte[] bytes = part.bytes().toByteArray();
        Pages.check(bytes, part.rowSize(), staging.lastLabel());
        Pages.add(tx, part.segment(), bytes, part.rowSize(), SegmentRecord.pages(part.total() / part.rowSize()));
        Octets last = Octets.of(bytes, bytes.length - part.rowSize(), IndexLimits.LABEL);
        return staging.withRows(part.total(), bytes.length, last);
    }

    private static Staging directory(RowTx tx, Staging staging, SegmentPart part) {
        Limit.atMost("directory", part.total(), IndexLimits.MAX_DIRECTORY);
        if (part.offset() + part.bytes().size() <= staging.directory()) {
            return staging;
        }
        requireNext(part, staging.directory(), staging.totalDirectory());
        boolean whole = part.offset() % IndexLimits.PART == 0
                && (part.bytes().size() == IndexLimits.PART
                        || part.offset() + part.bytes().size() == part.total());
        if (!whole) {
            throw new RejectedException(
                    ErrorCode.MALFORMED, "parts of a directory have " + IndexLimits.PART + " octets");
        }
        tx.put(Table.INDEX_DIRECTORY, Pages.key(part.segment(), part.offset() / IndexLimits.PART), part.bytes());
        return staging.withDirectory(part.total(), part.bytes().size());
    }

    private static void requireNext(SegmentPart part, int received, int total) {
        if (part.offset() != received || total != 0 && total != part.total()) {
            throw new ConflictException(ErrorCode.PRECONDITION_FAILED, "parts come in order: next is " + received);
        }
    }

    @Override
    public Receipt commit(Caller caller, GroupId group, Octets encoded, long fence) {
        FactsTable facts = demand(caller, group);
        Entry entry = Entry.decode(encoded);
        if (!(entry.statement() instanceof Manifest manifest)) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a manifest");
        }
        Octets scope = IndexRows.scope(group);
        if (rows.read(scope, tx -> new IndexRows(tx).record(manifest.segment())).isEmpty()) {
            new StagedCheck(rows, scope).require(manifest, caller.requireLeaf());
        }
        return rows.transact(scope, tx -> {
            Receipt receipt = add(tx, caller, facts, entry, fence);
            if (receipt.state() == Receipt.State.DONE) {
                // forgotten meanwhile, or begun anew by the sweep: then it is not what was checked
                if (Staging.find(tx, manifest.segment())
                        .filter(Staging::complete)
                        .isEmpty()) {
                    throw new ConflictException(ErrorCode.PRECONDITION_FAILED, "the upload is not complete");
                }
                Staging.forget(tx, manifest.segment());
                new IndexRows(tx).keep(manifest.segment());
            }
            return receipt;
        });
    }

    @Override
    public Receipt append(Caller caller, GroupId group, Octets encoded) {
        FactsTable facts = demand(caller, group);
        Entry entry = Entry.decode(encoded);
        if (entry.statement() instanceof Manifest) {
            throw new RejectedException(ErrorCode.MALFORMED, "a manifest comes with its segment");
        }
        return rows.transact(IndexRows.scope(group), tx -> add(tx, caller, facts, entry, 0));
    }

    private Receipt add(RowTx tx, Caller caller, FactsTable facts, Entry entry, long fence) {
        var index = new IndexRows(tx);
        if (!entry.statement().stand().leaf().equals(caller.requireLeaf())
                || !entry.statement().stand().group().equals(groupOf(tx))) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "the entry names somebody or something else");
        }
        Optional<Receipt> before = before(index, entry);
        if (before.isPresent()) {
            return before.get();
        }
        IndexRows.Top top = index.top();
        requireCurrent(facts, entry);
        switch (new EntryRules(facts, index).judge(top.head().n() + 1, entry)) {
            case ACCEPTED -> {}
            case AHEAD -> throw new ConflictException(ErrorCode.STALE_EPOCH, "an epoch that is not known here");
            case FORKED -> throw new ConflictException(ErrorCode.FORK_DETECTED, "written on another index log");
            case IGNORED -> throw refused(index, entry);
        }
        if (entry.statement() instanceof Manifest manifest) {
            requireLease(index, caller, manifest, fence);
        }
        if (entry.statement() instanceof Audit audit && !audit.ok()) {
            requireKept(index, audit);
        }
        long n = index.append(top, entry);
        effect(index, facts, entry, n);
        return new Receipt(n, Receipt.State.DONE);
    }

    private static GroupId groupOf(RowTx tx) {
        return new GroupId(tx.scope().slice(0, GroupId.SIZE));
    }

    private static Optional<Receipt> before(IndexRows index, Entry entry) {
        if (entry.statement() instanceof Manifest manifest) {
            Optional<SegmentRecord> record = index.record(manifest.segment());
            if (record.isEmpty()) {
                return Optional.empty();
            }
            if (index.entry(record.get().n()).equals(Optional.of(entry.encoded()))) {
                return Optional.of(new Receipt(record.get().n(), Receipt.State.REPEATED));
            }
            throw new ConflictException(ErrorCode.ALREADY_EXISTS, "a segment's identifier comes once");
        }
        return index.said(entry.hash()).map(n -> new Receipt(n, Receipt.State.REPEATED));
    }

    private static void requireCurrent(FactsTable facts, Entry entry) {
        long cohort = facts.current().map(EpochFact::cohort).orElse(-1L);
        boolean current = facts.epoch(entry.statement().stand().epochHash())
                .filter(e -> e.cohort() == cohort)
                .isPresent();
        if (!current) {
            throw new ConflictException(ErrorCode.STALE_EPOCH, "of a cohort that is over: make it again");
        }
    }

    private static RuntimeException refused(IndexRows index, Entry entry) {
        if (entry.statement() instanceof Manifest manifest
                && manifest.replaces().stream().anyMatch(old -> index.record(old.segment())
                        .filter(r -> r.phase() == Phase.LIVE)
                        .isEmpty())) {
            return new ConflictException(ErrorCode.PRECONDITION_FAILED, "what it replaces is not live any more");
        }
        return new RejectedException(ErrorCode.POLICY_VIOLATION, "no member would accept this entry");
    }

    /** Of two members who compact the same only the later lease counts. */
    private void requireLease(IndexRows index, Caller caller, Manifest manifest, long fence) {
        if (manifest.replaces().isEmpty()) {
            return;
        }
        boolean held = index.lease(manifest.level())
                .filter(l -> l.fence() == fence && l.holder().equals(caller.requireLeaf()))
                .filter(l -> clock.millis() < l.until())
                .isPresent();
        if (!held) {
            throw new ConflictException(ErrorCode.PRECONDITION_FAILED, "the lease was lost");
        }
    }

    /** What was replaced can live again only while it is there. */
    private static void requireKept(IndexRows index, Audit audit) {
        Manifest merged = index.manifest(index.record(audit.segment()).orElseThrow());
        boolean kept = merged.replaces().stream()
                .allMatch(old ->
                        index.record(old.segment()).filter(r -> !r.purged()).isPresent());
        if (!kept) {
            throw new ConflictException(ErrorCode.PRECONDITION_FAILED, "too late: what was replaced is gone");
        }
    }

    private void effect(IndexRows index, FactsTable facts, Entry entry, long n) {
        long now = clock.instant().getEpochSecond();
        if (entry.statement() instanceof Manifest manifest) {
            index.put(SegmentRecord.of(manifest, n));
            for (Replaced old : manifest.replaces()) {
                index.put(index.record(old.segment()).orElseThrow().with(Phase.REPLACED, now));
                index.discard(old.segment(), alone(facts) ? now : now + AUDIT.toSeconds());
            }
            return;
        }
        index.remember(entry.hash(), n);
        if (entry.statement() instanceof Audit audit) {
            SegmentRecord record = index.record(audit.segment()).orElseThrow();
            Manifest merged = index.manifest(record);
            if (audit.ok()) {
                index.put(record.withAudit());
                merged.replaces().forEach(old -> index.discard(old.segment(), now));
                return;
            }
            index.put(record.with(Phase.DEAD, now));
            index.discard(record.segment(), now + AUDIT.toSeconds());
            merged.replaces().forEach(old -> {
                index.put(index.record(old.segment()).orElseThrow().with(Phase.LIVE, 0));
                index.keep(old.segment());
            });
        }
    }

    private static boolean alone(FactsTable facts) {
        return facts.current().map(e -> e.roster().entries().size() == 1).orElse(false);
    }

    @Override
    public void putRing(Caller caller, GroupId group, Octets encoded) {
        FactsTable facts = demand(caller, group);
        Ring ring = Ring.decode(encoded);
        EpochFact epoch = facts.current()
                .filter(e -> e.epochHash().equals(ring.stand().epochHash())
                        && e.rosterHash().equals(ring.stand().rosterHash())
                        && e.epoch() == ring.epoch())
                .orElseThrow(() -> new ConflictException(ErrorCode.STALE_EPOCH, "not a ring of the current epoch"));
        boolean signed = ring.stand().leaf().equals(caller.requireLeaf())
                && ring.stand().group().equals(group)
                && epoch.roster()
                        .entry(ring.stand().leaf())
                        .map(RosterEntry::idKey)
                        .filter(key -> ring.signedBy(VerifyingKey.of(key)))
                        .isPresent();
        if (!signed) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "not signed by the caller");
        }
        rows.transact(IndexRows.scope(group), tx -> {
            var index = new IndexRows(tx);
            Optional<Octets> before = index.ring();
            long version = before.map(r -> Ring.decode(r).version()).orElse(0L);
            if (before.equals(Optional.of(encoded))) {
                return version;
            }
            if (ring.version() != version + 1) {
                throw new ConflictException(ErrorCode.ALREADY_EXISTS, "there is a ring of version " + version);
            }
            index.putRing(encoded);
            return ring.version();
        });
    }

    @Override
    public Optional<IndexLease> lease(Caller caller, GroupId group, int level, long fence) {
        demand(caller, group);
        Limit.atMost("level", level, IndexLimits.MAX_LEVEL);
        LeafId leaf = caller.requireLeaf();
        return rows.transact(IndexRows.scope(group), tx -> {
            var index = new IndexRows(tx);
            Optional<IndexRows.Lease> held = index.lease(level);
            boolean taken = held.filter(l -> clock.millis() < l.until()).isPresent();
            boolean mine = held.filter(l -> l.holder().equals(leaf)).isPresent();
            boolean renews = taken && mine && held.get().fence() == fence;
            if (taken && !mine) {
                return Optional.empty();
            }
            long next = renews ? fence : held.map(IndexRows.Lease::fence).orElse(0L) + 1;
            var lease = new IndexRows.Lease(next, leaf, clock.millis() + LEASE.toMillis());
            index.put(level, lease);
            return Optional.of(new IndexLease(level, next, java.time.Instant.ofEpochMilli(lease.until())));
        });
    }
}
