// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;

/** A server and many members of one group: the reducers, an ordered log, and nothing that takes time of its own. */
final class Ring {

    /** One message on its way, a commit, or a roster. */
    private record Sent(
            Party from,
            Party to,
            String type,
            Octets body,
            Map<LeafId, Octets> slices,
            Optional<SignedCommit> commit,
            Optional<SignedRoster> roster) {}

    final GroupId group =
            GroupId.of(Sha256.hashArray("group").value().slice(0, 16).toByteArray());
    final Policy policy = policy();
    final RingNode server = new RingNode(this, Optional.empty());
    final Map<LeafId, RingNode> members = new LinkedHashMap<>();
    Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final Deque<Sent> log = new ArrayDeque<>();
    private final Deque<Sent> outbox = new ArrayDeque<>();
    private int made;
    private SignedRoster hashed;
    private Hash hashOfHashed;
    /** Wall time that looking closer at some members took. */
    long looking;

    /** A founder alone. */
    Ring() {
        RingNode founder = node();
        RosterEntry entry = entry(founder, EnumSet.allOf(Right.class));
        Hash policyHash = Sha256.hash(PolicyCodec.encode(policy));
        SignedRoster genesis = sign(founder, new Roster(group, 0, Optional.empty(), List.of(entry), policyHash));
        server.committed = genesis;
        founder.committed = genesis;
        members.put(founder.leaf.orElseThrow(), founder);
        founder.create();
        server.create();
        settle();
    }

    private static Policy policy() {
        return new Policy(
                "measured",
                Octets.of(new byte[32]),
                Octets.of(new byte[32]),
                1,
                "key-derivation",
                List.of("key-derivation"),
                true,
                Admission.everybody(),
                true,
                false,
                Duration.ofDays(300),
                Duration.ofDays(30),
                Duration.ofDays(1),
                History.FROM_JOIN,
                10_000,
                1 << 20);
    }

    private RingNode node() {
        return new RingNode(
                this,
                Optional.of(LeafId.of(Sha256.hashArray("leaf", made++).value().toByteArray())));
    }

    RingNode founder() {
        return members.values().iterator().next();
    }

    /** One roster that adds {@code n}. */
    List<RingNode> add(int n) {
        List<RingNode> added = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            RingNode node = node();
            node.committed = server.committed;
            node.proposal = server.proposal;
            node.epoch = server.epoch;
            members.put(node.leaf.orElseThrow(), node);
            node.create();
            added.add(node);
        }
        settle();
        adopt(added, List.of());
        return added;
    }

    void remove(RingNode gone) {
        adopt(List.of(), List.of(gone));
    }

    /** A member asks; {@code name} as in the scheme's requests. */
    void request(String name) {
        founder().handle(new Event.Request(name, Cbor.encode()));
        settle();
    }

    void forget() {
        looking = 0;
        server.forget();
        members.values().forEach(RingNode::forget);
    }

    long epoch() {
        return server.epoch.map(e -> e.header().epoch()).orElse(0L);
    }

    /** Whether all members are in the server's epoch and hold one key. */
    boolean agrees() {
        EpochHeader header = server.epoch.orElseThrow().header();
        SecretBytes key = founder().ready.get(header);
        return key != null
                && members.values().stream()
                        .allMatch(m -> m.epoch.equals(server.epoch) && key.equals(m.ready.get(header)));
    }

    private void adopt(List<RingNode> added, List<RingNode> removed) {
        SignedRoster link = server.proposal.orElse(server.committed);
        List<RosterEntry> entries = new ArrayList<>(link.roster().entries());
        Set<LeafId> out =
                Set.copyOf(removed.stream().map(n -> n.leaf.orElseThrow()).toList());
        entries.removeIf(e -> out.contains(e.leaf()));
        added.forEach(n -> entries.add(entry(n, Set.of())));
        entries.sort(Comparator.comparing(RosterEntry::leaf));
        Roster next = new Roster(
                group,
                link.roster().seq() + 1,
                Optional.of(Sha256.hash(link.encoded())),
                entries,
                link.roster().policyHash());
        SignedRoster roster = sign(founder(), next);
        log.add(new Sent(
                founder().party(),
                Party.EVERYONE,
                "roster",
                Octets.EMPTY,
                Map.of(),
                Optional.empty(),
                Optional.of(roster)));
        server.proposal = Optional.of(roster);
        server.handle(new Event.RosterAdopted(roster));
        settle();
    }

    private static RosterEntry entry(RingNode node, Set<Right> rights) {
        return new RosterEntry(
                node.leaf.orElseThrow(),
                node.idKey.verifyingKey().bytes(),
                node.hpkeKey.publicKey().bytes(),
                rights,
                1,
                Optional.empty());
    }

    private static SignedRoster sign(RingNode signer, Roster roster) {
        Octets encoded = RosterCodec.encode(roster);
        return new SignedRoster(roster, encoded, signer.leaf.orElseThrow(), signer.idKey.sign("roster", encoded));
    }

    void perform(RingNode node, Effect effect) {
        if (effect instanceof Effect.Send send) {
            outbox.add(new Sent(
                    node.party(),
                    send.to(),
                    send.type(),
                    send.body(),
                    send.slices(),
                    Optional.empty(),
                    Optional.empty()));
        } else if (effect instanceof Effect.SetTimer timer) {
            node.timers.put(timer.name(), timer.after());
        } else if (effect instanceof Effect.CancelTimer timer) {
            node.timers.remove(timer.name());
        } else if (effect instanceof Effect.OpenEpoch opened) {
            node.open = Optional.of(opened.header());
        } else if (effect instanceof Effect.EpochReady ready) {
            node.ready.clear();
            node.ready.put(ready.header(), ready.schemeSecret());
        } else if (effect instanceof Effect.Commit commit) {
            commit(node, commit.header());
        }
    }

    private void commit(RingNode node, EpochHeader header) {
        var unsigned =
                new EpochCommit(header, node.confirmTag(header, node.ready.get(header)), node.leaf.orElseThrow());
        Octets encoded = EpochCodec.encode(unsigned);
        var signed = new SignedCommit(unsigned, encoded, node.sign("epoch commit", encoded));
        outbox.add(new Sent(
                node.party(), Party.EVERYONE, "host/commit", encoded, Map.of(), Optional.of(signed), Optional.empty()));
    }

    /** Delivers until nothing moves any more; then those who wait for their turn, wait in vain. */
    void settle() {
        while (!outbox.isEmpty() || !log.isEmpty()) {
            while (!outbox.isEmpty()) {
                route(outbox.remove());
            }
            if (!log.isEmpty()) {
                show(log.remove());
            }
        }
    }

    private void route(Sent sent) {
        if (sent.commit().isPresent()) {
            EpochHeader header = sent.commit().get().commit().header();
            if (server.open.filter(header::equals).isPresent()) {
                server.open = Optional.empty();
                log.add(sent);
                enter(server, sent.commit().get());
            }
        } else if (sent.from() instanceof Party.Server) {
            log.add(sent);
        } else {
            server.handle(new Event.Message(sent.from(), sent.type(), sent.body(), Optional.empty()));
        }
    }

    private void show(Sent sent) {
        if (sent.to() instanceof Party.Member to) {
            Optional.ofNullable(members.get(to.leaf())).ifPresent(m -> show(m, sent));
            return;
        }
        Collection<RingNode> all = new ArrayList<>(members.values());
        all.forEach(m -> show(m, sent));
    }

    private void show(RingNode node, Sent sent) {
        LeafId leaf = node.leaf.orElseThrow();
        if (sent.roster().isPresent()) {
            node.proposal = sent.roster();
            node.handle(new Event.RosterAdopted(sent.roster().get()));
        } else if (sent.commit().isPresent()) {
            node.down += sent.body().size();
            if (node.proposal.filter(p -> !p.roster().contains(leaf)).isPresent()) {
                members.remove(leaf);
            } else {
                enter(node, sent.commit().get());
            }
        } else {
            Optional<Octets> slice = Optional.ofNullable(sent.slices().get(leaf));
            node.down += sent.body().size() + slice.map(Octets::size).orElse(0);
            node.handle(new Event.Message(sent.from(), sent.type(), sent.body(), slice));
        }
    }

    /** A host knows the hash of each roster that it keeps. */
    private Hash hash(SignedRoster roster) {
        if (roster != hashed) {
            hashed = roster;
            hashOfHashed = Sha256.hash(roster.encoded());
        }
        return hashOfHashed;
    }

    private void enter(RingNode node, SignedCommit signed) {
        EpochCommit commit = signed.commit();
        Hash epochHash = KeySchedule.epochHash(EpochCodec.encode(commit.header()), commit.confirmTag());
        node.epoch = Optional.of(new EpochView(commit.header(), epochHash));
        if (node.proposal
                .filter(p -> hash(p).equals(commit.header().rosterHash()))
                .isPresent()) {
            node.committed = node.proposal.orElseThrow();
            node.proposal = Optional.empty();
        }
        node.handle(new Event.CommitAccepted(signed));
    }
}
