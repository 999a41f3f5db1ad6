// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sekisho.api.ConflictException;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.text.Query;
import org.sekisho.searchindex.wire.Audit;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.Head;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Manifest;
import org.sekisho.searchindex.wire.Replaced;
import org.sekisho.searchindex.wire.SegmentFile;
import org.sekisho.searchindex.wire.Tombstone;

/**
 * The search index of one group as one member keeps, fills and searches it.
 *
 * <p>Guarantees: a message that {@link #add} returned for is indexed in the end, over crashes, whatever the gateway loses, as long as
 * its source does not say that it is gone for good; hits are messages that were decrypted, verified and checked against the query; a removed member's keys open and find nothing written or
 * asked after the removal. Does not guarantee that the gateway shows every segment it has.
 *
 * <p>Safe for many threads. Searches wait for each other, so do writing, deleting and reading the log, and so do merging and auditing.
 * Looking hits up and merging hold up nothing else; a search that meets a log it has not read waits for what is being written.
 * Blocks on the gateway.
 */
public final class MemberIndex {

    private static final int PAGE = 500;
    private static final int ATTEMPTS = 4;

    private final Setting setting;
    private final IndexLog log;
    private final ChainFacts facts;
    private final Outbox outbox;

    /** Held by who searches, before the index itself. Guards the next two. */
    private final Object searching = new Object();

    private final Directories directories;
    private final Readers readers;

    /** Held by who merges or audits, before the index itself. Guards the next two. */
    private final Object merging = new Object();

    private final Directories merged;
    private final Set<Octets> broken = new HashSet<>();
    private final SegmentWriter writer;

    /**
     * What it works with.
     *
     * @param facts asked anew each time: the group's chain moves on
     */
    public record Setting(
            GroupId group,
            LeafId self,
            Entry.Signer signer,
            Entropy entropy,
            InstantSource clock,
            Supplier<? extends ChainFacts> facts,
            CohortKeys keys,
            RemoteIndex remote,
            MessageSource messages,
            MemberRecords records,
            Profile profile,
            boolean powerOfTwo,
            SearchOptions options) {}

    /** Goes on with what the records hold. */
    public MemberIndex(Setting setting) {
        this.setting = setting;
        this.facts = new LiveFacts(setting.facts());
        this.log = new IndexLog(setting.group(), facts);
        this.directories = new Directories(setting.remote(), setting.keys());
        this.merged = new Directories(setting.remote(), setting.keys());
        this.readers = new Readers(setting.keys());
        this.writer = new SegmentWriter(setting.group(), setting.self(), setting.signer(), setting.entropy());
        this.outbox = new Outbox(setting, log, facts, writer);
        for (Octets entry : setting.records().entries()) {
            if (!log.take(entry)) {
                break;
            }
        }
    }

    /** The log as it was verified so far. */
    public IndexLog log() {
        return log;
    }

    /**
     * Reads the log as far as it can be judged.
     *
     * @throws ConflictException FORK_DETECTED: the gateway shows different logs to different members
     */
    public synchronized void sync() {
        for (List<Octets> page; !(page = setting.remote().log(log.head().n(), PAGE)).isEmpty(); ) {
            long before = log.head().n();
            List<Octets> taken = new ArrayList<>();
            for (Octets entry : page) {
                if (!log.take(entry)) {
                    break;
                }
                taken.add(entry);
            }
            setting.records().addEntries(before, taken);
            if (taken.size() < page.size()) {
                return;
            }
        }
    }

    /** Remembers messages to be indexed; they must be found in the message source until they are. */
    public synchronized void add(List<Octets> messages) {
        setting.records().addWaiting(messages);
    }

    /** Indexes what waits and sends what was built. Returns the number of messages that left. */
    public synchronized int flush() {
        return outbox.flush(this::sync);
    }

    /** What the index holds of a message. */
    public Item item(Document document) {
        return outbox.item(document);
    }

    /** Tells everybody that a message was deleted: of this member's own, or of anybody's for an administrator. */
    public synchronized void delete(Octets message) {
        outbox.delete(message);
    }

    /**
     * Messages that match, the newest first, at most {@code limit}; after {@code before} where a page before ended. A page that would
     * cost too much to look up ends before, with a cursor. Slow look-ups of hits hold up other searches only.
     */
    public SearchPage search(Query query, int limit, Optional<Cursor> before) {
        org.sekisho.api.Page.checkLimit(limit);
        synchronized (searching) {
            for (int attempt = 1; ; attempt++) {
                long known = log.head().n();
                try (Reading messages = setting.messages().reading()) {
                    Searcher searcher = new Searcher(
                            log,
                            setting.facts().get(),
                            readers,
                            setting.remote(),
                            directories,
                            messages,
                            setting.options(),
                            setting.entropy());
                    SearchPage page = searcher.search(query, limit, before);
                    // what was read of the log meanwhile was not searched
                    boolean newest = !page.stale() && searcher.head() == known && known > 0;
                    if (newest || attempt == ATTEMPTS || !moved(known)) {
                        return page;
                    }
                }
            }
        }
    }

    /** Reads the log; true when there is more of it than {@code known}. */
    private boolean moved(long known) {
        sync();
        return log.head().n() > known;
    }

    /** Does one piece of compaction, if there is one and nobody else is at it. */
    public boolean compact() {
        synchronized (merging) {
            Optional<Compaction.Work> work = work();
            Optional<IndexLease> lease = work.flatMap(w -> setting.remote().lease(w.level(), 0));
            if (lease.isEmpty()) {
                return false;
            }
            try {
                Optional<SegmentFile> file = merge(work.orElseThrow());
                file.ifPresent(f -> upload(f, lease.get()));
                // when a segment turned out broken there may be other work without it
                return file.isPresent();
            } finally {
                sync();
            }
        }
    }

    private synchronized Optional<Compaction.Work> work() {
        sync();
        return outbox.ready() ? compaction().next() : Optional.empty();
    }

    private Compaction compaction() {
        return new Compaction(log, setting.facts().get(), setting.self(), this::readable);
    }

    /** Neither of a cohort without a key nor found broken: one bad segment must not hold up the others. */
    private boolean readable(Manifest manifest) {
        if (broken.contains(manifest.segment())) {
            return false;
        }
        Optional<CohortKey> base = setting.keys().base(manifest.cohort(), manifest.keyCohort(), facts.history());
        base.ifPresent(CohortKey::close);
        return base.isPresent();
    }

    private Optional<SegmentFile> merge(Compaction.Work work) {
        Optional<List<List<Item>>> sources = items(work.sources());
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        List<Item> together = Merge.together(sources.get());
        Merge.Merged result;
        Head head;
        synchronized (this) {
            result = new Merge(log, facts).now(together);
            head = log.head();
        }
        EpochFact epoch = facts.current().orElseThrow();
        long cohort = facts.history() == org.sekisho.api.group.History.FULL
                ? epoch.cohort()
                : work.sources().get(0).cohort();
        Optional<CohortKey> base = setting.keys().base(cohort, epoch.cohort(), facts.history());
        if (base.isEmpty()) {
            return Optional.empty();
        }
        try (CohortKey key = base.get()) {
            return Optional.of(writer.write(
                    new SegmentWriter.Plan(
                            epoch,
                            cohort,
                            work.level(),
                            setting.clock().instant().getEpochSecond(),
                            work.sources().get(0).profile(),
                            setting.powerOfTwo(),
                            result.items(),
                            work.sources().stream()
                                    .map(m -> new Replaced(m.segment(), m.directoryHash()))
                                    .toList(),
                            result.removed(),
                            head),
                    key));
        }
    }

    /** Empty when one of them is not to be had or does not open; it is left out from then on. */
    private Optional<List<List<Item>>> items(List<Manifest> manifests) {
        List<List<Item>> all = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Optional<List<Item>> items = opened(manifest);
            if (items.isEmpty()) {
                broken.add(manifest.segment());
                return Optional.empty();
            }
            all.add(items.get());
        }
        return Optional.of(all);
    }

    private Optional<List<Item>> opened(Manifest manifest) {
        try {
            return merged.of(manifest, facts.history());
        } catch (AuthenticationFailedException e) {
            return Optional.empty();
        }
    }

    private void upload(SegmentFile file, IndexLease lease) {
        if (file.isInline()) {
            setting.remote().publish(file, lease.fence());
            return;
        }
        int rowSize = IndexLimits.row(file.manifest().level());
        stage(file, true, file.rows(), rowSize);
        stage(file, false, file.directory(), rowSize);
        setting.remote().commit(file.entry().encoded(), lease.fence());
    }

    private void stage(SegmentFile file, boolean rows, Octets bytes, int rowSize) {
        int most = rows ? IndexLimits.PART / rowSize * rowSize : IndexLimits.PART;
        for (int at = 0; at < bytes.size(); at += most) {
            Octets part = bytes.slice(at, Math.min(bytes.size(), at + most));
            setting.remote().stage(new SegmentPart(file.manifest().segment(), rows, at, bytes.size(), rowSize, part));
        }
    }

    /** Looks at one merged segment of another member, if there is one; says in the log whether it is what it should be. */
    public boolean audit() {
        synchronized (merging) {
            for (SegmentState state : unaudited()) {
                Optional<Boolean> verdict = verdict(state.manifest());
                if (verdict.isPresent()) {
                    Manifest m = state.manifest();
                    Audit audit = new Audit(outbox.stand(), m.segment(), m.directoryHash(), verdict.get());
                    setting.remote().append(Entry.of(audit, setting.signer()).encoded());
                    sync();
                    return true;
                }
            }
            return false;
        }
    }

    private synchronized List<SegmentState> unaudited() {
        sync();
        return compaction().unaudited();
    }

    /** Empty when what it was made of is not to be had. */
    private Optional<Boolean> verdict(Manifest manifest) {
        List<Manifest> sources;
        Optional<List<Tombstone>> removed;
        synchronized (this) {
            sources = manifest.replaces().stream()
                    .map(old -> log.segment(old.segment()).orElseThrow().manifest())
                    .toList();
            removed = log.tombstones(manifest.removed());
        }
        Optional<List<List<Item>>> before = items(sources);
        Optional<CohortKey> base = setting.keys().base(manifest.cohort(), manifest.keyCohort(), facts.history());
        if (before.isEmpty() || base.isEmpty()) {
            return Optional.empty();
        }
        try (CohortKey key = base.get();
                SegmentReader reader = new SegmentReader(manifest, key)) {
            Optional<List<Item>> now = merged.of(manifest, facts.history());
            if (now.isEmpty()) {
                return Optional.empty();
            }
            boolean right = removed.map(r -> new Merge(log, facts).then(Merge.together(before.get()), r))
                    .filter(now.get()::equals)
                    .filter(items -> SegmentWriter.baseMinute(items) == manifest.baseMinute())
                    .filter(reader::rowsFollowFrom)
                    .isPresent();
            return Optional.of(right);
        } catch (AuthenticationFailedException e) {
            return Optional.of(false);
        }
    }
}
