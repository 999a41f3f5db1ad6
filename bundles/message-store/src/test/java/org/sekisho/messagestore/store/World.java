// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.store.RowStore;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.pre.JoinSecret;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.PreRoot;
import org.sekisho.crypto.store.ShredKeys;

/** A group whose epochs a test commits by hand, its members, and one or more gateways over the same rows. */
final class World implements AutoCloseable {

    static final Duration GRACE = Duration.ofHours(24);

    final GroupId group = new GroupId(Octets.of(new SystemEntropy().next(16)));
    final RowStore rows;
    final History history;
    final FakeGroups groups = new FakeGroups(this);
    final List<GroupFacts.Epoch> epochs = new ArrayList<>();
    final List<Roster> rosters = new ArrayList<>();
    final Map<String, Actor> actors = new LinkedHashMap<>();
    final List<String> audited = new ArrayList<>();
    final ExecutorService workers = Executors.newFixedThreadPool(2);
    final StoreHost store;

    private final SystemEntropy entropy = new SystemEntropy();
    private final Path keys;
    private final boolean lazy;
    private Duration ahead = Duration.ZERO;
    private Instant start = Instant.parse("2026-01-01T00:00:00Z");

    World(RowStore rows, Path keys, History history) {
        this(rows, keys, history, false);
    }

    World(RowStore rows, Path keys, History history, boolean lazy) {
        this.rows = rows;
        this.keys = keys;
        this.history = history;
        this.lazy = lazy;
        this.store = gateway(rows);
    }

    /** One more gateway over {@code over}, which must be the same database. */
    StoreHost gateway(RowStore over) {
        return gateway(over, clock());
    }

    StoreHost gateway(RowStore over, InstantSource clock) {
        return gateway(over, clock, workers);
    }

    StoreHost gateway(RowStore over, InstantSource clock, ExecutorService turning) {
        try {
            var ground = new StoreHost.Ground(
                    over,
                    groups,
                    groups,
                    (tx, entry) -> audited.add(entry.action() + ": " + entry.detail()),
                    ShredKeys.open(keys, entropy),
                    turning,
                    clock,
                    entropy);
            return new StoreHost(ground, 1 << 30, GRACE, lazy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InstantSource clock() {
        return this::now;
    }

    Instant now() {
        return start.plus(ahead);
    }

    void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    Actor actor(String name) {
        return actors.computeIfAbsent(name, n -> new Actor(this, n));
    }

    long epoch() {
        return epochs.size();
    }

    Roster roster() {
        return rosters.get(rosters.size() - 1);
    }

    /** Commits an epoch with exactly these members; everybody in it learns its secrets at once. */
    void commit(String... names) {
        List<RosterEntry> entries = new ArrayList<>();
        for (String name : names) {
            Actor actor = actor(name);
            long joined = rosters.isEmpty()
                    ? 1
                    : roster().entry(actor.leaf).map(RosterEntry::joinedEpoch).orElse(epoch() + 1);
            entries.add(new RosterEntry(
                    actor.leaf,
                    actor.signing.verifyingKey().bytes(),
                    actor.hpke.publicKey().bytes(),
                    name.equals(names[0]) ? Set.of(Right.values()) : Set.of(),
                    joined,
                    Optional.empty()));
        }
        entries.sort(Comparator.comparing(RosterEntry::leaf));
        Optional<Roster> before = rosters.isEmpty() ? Optional.empty() : Optional.of(roster());
        Roster roster =
                new Roster(group, rosters.size(), before.map(b -> hash(b)), entries, new Hash(Octets.of(new byte[32])));
        rosters.add(roster);
        long cohort = cohort(before, roster);
        EpochHeader header = new EpochHeader(
                group,
                epoch() + 1,
                "test",
                epochs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(epochs.get(epochs.size() - 1).hash()),
                hash(roster),
                roster.policyHash(),
                new Hash(Octets.of(entropy.next(32))),
                cohort);
        epochs.add(new GroupFacts.Epoch(header, Sha256.hash(EpochCodec.encode(header)), now()));
        byte[] root = entropy.next(32);
        byte[] exporter = entropy.next(32);
        for (String name : names) {
            Actor actor = actor(name);
            actor.roots.put(epoch(), new PreRoot(SecretBytes.copyOf(root)));
            if (history == History.FROM_JOIN) {
                actor.joins.computeIfAbsent(
                        cohort, c -> JoinSecret.derive(new ExporterSecret(SecretBytes.copyOf(exporter)), c));
            }
        }
        if (history == History.FROM_JOIN) {
            // members of a cohort that goes on keep the secret of its first epoch; here nobody joins a running cohort
            checkCohort(cohort);
        }
    }

    private void checkCohort(long cohort) {
        if (epochs.stream().filter(e -> e.header().cohort() == cohort).count() > 1) {
            Map<LeafId, Boolean> first = new HashMap<>();
            rosters.get((int) epochs.stream()
                                    .filter(e -> e.header().cohort() == cohort)
                                    .findFirst()
                                    .orElseThrow()
                                    .header()
                                    .epoch()
                            - 1)
                    .entries()
                    .forEach(e -> first.put(e.leaf(), true));
            roster().entries().forEach(e -> {
                if (!first.containsKey(e.leaf())) {
                    throw new IllegalStateException("FROM_JOIN splits cohorts at joins");
                }
            });
        }
    }

    /** Protocol note F14. */
    private long cohort(Optional<Roster> before, Roster next) {
        if (before.isEmpty()) {
            return 1;
        }
        boolean grows = !before.get().removedBy(next).isEmpty()
                || history == History.FROM_JOIN && !before.get().addedBy(next).isEmpty();
        return epochs.get(epochs.size() - 1).header().cohort() + (grows ? 1 : 0);
    }

    static Hash hash(Roster roster) {
        return Sha256.hash(RosterCodec.encode(roster));
    }

    SignedRoster signed(Roster roster) {
        return new SignedRoster(
                roster, RosterCodec.encode(roster), roster.entries().get(0).leaf(), Octets.of(new byte[64]));
    }

    void requireMember(Caller caller) {
        if (caller.leaf().isPresent() && !roster().contains(caller.leaf().get())) {
            throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member of this group");
        }
    }

    /** Until no job has anything to do. */
    void runJobs() {
        store.rebuild();
        while (store.round()) {
            Thread.onSpinWait();
        }
    }

    /** Token from the first name, confirmed by the others, applied. */
    void migrate(String sponsor, String... confirming) {
        actor(sponsor).sponsor();
        for (String name : confirming) {
            actor(name).confirm();
        }
        runJobs();
    }

    @Override
    public void close() {
        store.close();
        workers.shutdownNow();
    }
}
