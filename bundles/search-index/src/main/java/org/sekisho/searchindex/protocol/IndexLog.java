// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.searchindex.wire.Audit;
import org.sekisho.searchindex.wire.Entry;
import org.sekisho.searchindex.wire.Head;
import org.sekisho.searchindex.wire.Manifest;
import org.sekisho.searchindex.wire.Replaced;
import org.sekisho.searchindex.wire.Tombstone;

/**
 * The index log as one member verified it: which segments are to be searched, what was deleted. Only grows; the same entries
 * give the same state. Safe for many threads.
 *
 * <p>A gateway can show a shorter log to who never saw a longer one; any signed manifest that names a later position exposes it.
 */
public final class IndexLog implements EntryRules.Known {

    private final ChainFacts facts;
    private final EntryRules rules;
    private final List<Hash> hashes = new ArrayList<>();
    private final Map<Octets, SegmentState> segments = new LinkedHashMap<>();
    private final Map<Octets, List<Tombstone>> tombstones = new HashMap<>();
    private final Map<Octets, Hash> tombstoneHashes = new HashMap<>();
    private List<Manifest> live = List.of();
    private boolean liveKnown;
    private long newestCohort;
    private long ignored;

    public IndexLog(GroupId group, ChainFacts facts) {
        this.facts = facts;
        this.rules = new EntryRules(facts, this);
        hashes.add(Head.empty(group).hash());
    }

    public synchronized Head head() {
        return new Head(hashes.size() - 1L, hashes.get(hashes.size() - 1));
    }

    /** Entries that did not count. */
    public synchronized long ignored() {
        return ignored;
    }

    /**
     * Takes the next entry.
     *
     * @return false when it cannot be judged before the group's chain has moved on; nothing was taken then
     * @throws ConflictException FORK_DETECTED when its writer saw another log
     */
    public synchronized boolean take(Octets encoded) {
        Optional<Entry> entry = decoded(encoded);
        Head next = head().after(encoded);
        EntryRules.Verdict verdict = entry.map(e -> rules.judge(next.n(), e)).orElse(EntryRules.Verdict.IGNORED);
        switch (verdict) {
            case AHEAD -> {
                return false;
            }
            case FORKED ->
                throw new ConflictException(ErrorCode.FORK_DETECTED, "a member saw another index log than this one");
            case IGNORED -> ignored++;
            case ACCEPTED -> accept(next.n(), entry.orElseThrow());
        }
        hashes.add(next.hash());
        return true;
    }

    private static Optional<Entry> decoded(Octets encoded) {
        try {
            return Optional.of(Entry.decode(encoded));
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private void accept(long n, Entry entry) {
        liveKnown &= entry.statement() instanceof Tombstone;
        if (entry.statement() instanceof Manifest manifest) {
            manifest.replaces().forEach(old -> change(old.segment(), SegmentState.Phase.REPLACED));
            segments.put(manifest.segment(), new SegmentState(manifest, n, SegmentState.Phase.LIVE, false));
            newestCohort = Math.max(newestCohort, manifest.keyCohort());
        } else if (entry.statement() instanceof Tombstone tombstone) {
            tombstones
                    .computeIfAbsent(tombstone.message(), m -> new ArrayList<>(1))
                    .add(tombstone);
            tombstoneHashes.put(tombstone.encode(), entry.hash());
        } else if (entry.statement() instanceof Audit audit) {
            accept(audit);
        }
    }

    private void accept(Audit audit) {
        SegmentState state = segments.get(audit.segment());
        if (audit.ok()) {
            segments.put(audit.segment(), state.withAudit());
            return;
        }
        change(audit.segment(), SegmentState.Phase.DEAD);
        for (Replaced old : state.manifest().replaces()) {
            change(old.segment(), SegmentState.Phase.LIVE);
        }
    }

    private void change(Octets segment, SegmentState.Phase phase) {
        segments.computeIfPresent(segment, (id, state) -> state.with(phase));
    }

    @Override
    public synchronized Optional<SegmentState> segment(Octets id) {
        return Optional.ofNullable(segments.get(id));
    }

    @Override
    public synchronized Optional<Hash> hashAt(long n) {
        return n >= 0 && n < hashes.size() ? Optional.of(hashes.get((int) n)) : Optional.empty();
    }

    @Override
    public synchronized long newestCohort() {
        return newestCohort;
    }

    /** Segments to be searched, the newest first. */
    public synchronized List<Manifest> live() {
        if (!liveKnown) {
            live = newestFirst();
            liveKnown = true;
        }
        return live;
    }

    private List<Manifest> newestFirst() {
        return segments.values().stream()
                .filter(SegmentState::live)
                .sorted(Comparator.comparingLong(SegmentState::n).reversed())
                .map(SegmentState::manifest)
                .toList();
    }

    synchronized Collection<SegmentState> segments() {
        return List.copyOf(segments.values());
    }

    /** Whether a message of {@code sender} was deleted by somebody who may. */
    public synchronized boolean deleted(Octets message, LeafId sender) {
        return tombstone(message, sender).isPresent();
    }

    /** Whether it was deleted whoever sent it: then it is not even fetched. */
    synchronized boolean deletedByAdministrator(Octets message) {
        return tombstones.containsKey(message)
                && tombstones.get(message).stream().anyMatch(t -> EntryRules.administrative(t, facts));
    }

    synchronized Optional<Tombstone> tombstone(Octets message, LeafId sender) {
        return tombstones.getOrDefault(message, List.of()).stream()
                .filter(t -> EntryRules.deletes(t, sender, facts))
                .findFirst();
    }

    synchronized Hash hash(Tombstone tombstone) {
        return tombstoneHashes.get(tombstone.encode());
    }

    /** The tombstones of these log entries' hashes; empty when one is not in the log. */
    synchronized Optional<List<Tombstone>> tombstones(List<Hash> wanted) {
        Map<Hash, Tombstone> byHash = new HashMap<>();
        tombstones.values().forEach(all -> all.forEach(t -> byHash.put(hash(t), t)));
        return byHash.keySet().containsAll(wanted)
                ? Optional.of(wanted.stream().map(byHash::get).toList())
                : Optional.empty();
    }
}
