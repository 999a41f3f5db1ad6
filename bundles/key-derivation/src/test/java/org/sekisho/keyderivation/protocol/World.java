// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
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
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.testkit.scheme.Node;

/** A server, members and an ordered log: just enough of a host to run the reducers against each other, and to lie to them. */
final class World implements Node.Surroundings {

    /** One entry of the log, or a message on its way to the server. */
    record Sent(
            Party from,
            Party to,
            String type,
            Octets body,
            Map<LeafId, Octets> slices,
            SignedCommit commit,
            SignedRoster roster) {

        Sent(Party from, Party to, String type, Octets body, Map<LeafId, Octets> slices) {
            this(from, to, type, body, slices, null, null);
        }

        Sent with(Octets newBody) {
            return new Sent(from, to, type, newBody, slices);
        }

        Sent with(Map<LeafId, Octets> newSlices) {
            return new Sent(from, to, type, body, newSlices);
        }
    }

    final GroupId group;
    Octets nonce = Octets.of(new byte[16]);
    final Policy policy;
    final Node server;
    final Map<LeafId, Node> members = new LinkedHashMap<>();
    final Map<LeafId, Node> gone = new LinkedHashMap<>();
    final List<Sent> log = new ArrayList<>();
    final List<Sent> everything = new ArrayList<>();
    final List<Sent> outbox = new ArrayList<>();
    Instant now = Instant.parse("2026-11-21T00:00:00Z");

    /** Messages to the server that are lost. */
    Predicate<Sent> lost = sent -> false;

    /** What a member is shown in place of a log entry; null: nothing. */
    BiFunction<Node, Sent, Sent> shown = (node, sent) -> sent;

    /** Shuffles what is on its way to the server. */
    Optional<Random> disorder = Optional.empty();

    World() {
        this(1);
    }

    /** {@code n} members in a first ring. */
    World(int n) {
        this(n, policy(Duration.ofDays(30)));
    }

    World(int n, Policy policy) {
        this.policy = policy;
        this.group = GroupId.of(Sha256.hashArray("group").value().slice(0, 16).toByteArray());
        this.server = new Node(this, new KeyDerivationScheme(), Optional.empty(), "server");
        Node founder = node(0);
        SignedRoster genesis = genesis(founder);
        server.committed = genesis;
        founder.committed = genesis;
        members.put(founder.id(), founder);
        founder.create(Octets.EMPTY);
        server.create(Octets.EMPTY);
        settle();
        if (n > 1) {
            Node[] more = new Node[n - 1];
            for (int i = 1; i < n; i++) {
                more[i - 1] = node(i);
            }
            add(more);
        }
    }

    static Policy policy(Duration rn2) {
        return new Policy(
                "test",
                Octets.of(new byte[32]),
                Octets.of(new byte[32]),
                1,
                KeyEquations.SCHEME_ID,
                List.of(KeyEquations.SCHEME_ID),
                true,
                Admission.everybody(),
                true,
                false,
                Duration.ofDays(300),
                rn2,
                Duration.ofDays(1),
                History.FROM_JOIN,
                10_000,
                1 << 20);
    }

    Node node(int i) {
        byte[] id = Sha256.hashArray("leaf", i).value().toByteArray();
        return new Node(this, new KeyDerivationScheme(), Optional.of(LeafId.of(id)), "member " + i);
    }

    private SignedRoster genesis(Node founder) {
        RosterEntry entry = entry(founder, EnumSet.allOf(Right.class), 1);
        Hash policyHash = Sha256.hash(PolicyCodec.encode(policy));
        return sign(founder, new Roster(group, 0, Optional.empty(), List.of(entry), policyHash));
    }

    static RosterEntry entry(Node node, Set<Right> rights, long joined) {
        return new RosterEntry(
                node.id(),
                node.idKey.verifyingKey().bytes(),
                node.hpkeKey.publicKey().bytes(),
                rights,
                joined,
                Optional.empty());
    }

    static SignedRoster sign(Node signer, Roster roster) {
        Octets encoded = RosterCodec.encode(roster);
        return new SignedRoster(roster, encoded, signer.id(), signer.idKey.sign("roster", encoded));
    }

    Node founder() {
        return members.values().iterator().next();
    }

    List<Node> online() {
        return members.values().stream().filter(n -> n.online).toList();
    }

    // who belongs to the group

    /** One roster that adds {@code nodes}; each begins its instance at what is committed now. */
    void add(Node... nodes) {
        change(List.of(nodes), List.of());
        settle();
    }

    void remove(Node... nodes) {
        change(List.of(), List.of(nodes));
        settle();
    }

    void change(List<Node> added, List<Node> removed) {
        for (Node node : added) {
            node.committed = server.committed;
            node.proposal = server.proposal;
            node.epoch = server.epoch;
            node.cursor = log.size();
            members.put(node.id(), node);
            node.create(Octets.EMPTY);
        }
        adopt(next(added, removed));
    }

    /** A roster after the newest. */
    SignedRoster next(List<Node> added, List<Node> removed) {
        SignedRoster link = server.proposal.orElse(server.committed);
        List<RosterEntry> entries = new ArrayList<>(link.roster().entries());
        List<LeafId> out = removed.stream().map(Node::id).toList();
        entries.removeIf(e -> out.contains(e.leaf()));
        added.forEach(n -> entries.add(entry(n, Set.of(), 1)));
        entries.sort(Comparator.comparing(RosterEntry::leaf));
        return sign(
                founder(),
                new Roster(
                        group,
                        link.roster().seq() + 1,
                        Optional.of(Rosters.hash(link)),
                        entries,
                        link.roster().policyHash()));
    }

    void adopt(SignedRoster roster) {
        log.add(new Sent(
                new Party.Member(roster.signer()), Party.EVERYONE, "roster", Octets.EMPTY, Map.of(), null, roster));
        server.proposal = Optional.of(roster);
        server.handle(new Event.RosterAdopted(roster));
    }

    // what a host does with effects

    @Override
    public GroupId group() {
        return group;
    }

    @Override
    public Octets groupNonce() {
        return nonce;
    }

    @Override
    public Policy policy() {
        return policy;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void perform(Node node, Effect effect) {
        if (effect instanceof Effect.Send send) {
            var sent = new Sent(node.party(), send.to(), send.type(), send.body(), send.slices());
            everything.add(sent);
            outbox.add(sent);
        } else if (effect instanceof Effect.SetTimer timer) {
            node.timers.put(timer.name(), now.plus(timer.after()));
        } else if (effect instanceof Effect.CancelTimer timer) {
            node.timers.remove(timer.name());
        } else if (effect instanceof Effect.OpenEpoch opened) {
            assertThat(opened.header().previous()).isEqualTo(node.epoch.map(EpochView::epochHash));
            assertThat(opened.header().rosterHash()).isEqualTo(Rosters.hash(node.proposal.orElse(node.committed)));
            node.open = Optional.of(opened.header());
        } else if (effect instanceof Effect.EpochFailed) {
            node.open = Optional.empty();
        } else if (effect instanceof Effect.EpochReady ready) {
            node.ready.put(ready.header(), ready.schemeSecret());
            late(node, ready);
        } else if (effect instanceof Effect.Commit commit) {
            commit(node, commit.header());
        } else if (effect instanceof Effect.Notice notice) {
            node.notices.add(notice);
        }
    }

    void commit(Node node, EpochHeader header) {
        SecretBytes secret = node.ready.get(header);
        var unsigned = new EpochCommit(header, node.confirmTag(header, secret), node.id());
        Octets encoded = EpochCodec.encode(unsigned);
        var signed = new SignedCommit(unsigned, encoded, node.sign("epoch commit", encoded));
        outbox.add(new Sent(node.party(), Party.EVERYONE, "host/commit", encoded, Map.of(), signed, null));
    }

    /** Delivers until nothing moves any more. Time stands still. */
    World settle() {
        boolean moved = true;
        while (moved) {
            moved = !outbox.isEmpty();
            while (!outbox.isEmpty()) {
                int at = disorder.map(r -> r.nextInt(outbox.size())).orElse(0);
                route(outbox.remove(at));
            }
            for (Node node : List.copyOf(members.values())) {
                moved |= node.online && pull(node);
            }
        }
        return this;
    }

    /** Delivers at most {@code steps} things: a state in the middle. */
    void steps(int steps) {
        for (int i = 0; i < steps; i++) {
            if (!outbox.isEmpty()) {
                route(outbox.remove(0));
            } else {
                members.values().stream()
                        .filter(n -> n.online && n.cursor < log.size())
                        .findFirst()
                        .ifPresent(this::pull);
            }
        }
    }

    /** Lets time pass, firing timers in their order. */
    World run(Duration duration) {
        settle();
        Instant end = now.plus(duration);
        while (true) {
            List<Node> all = new ArrayList<>(members.values());
            all.add(server);
            Optional<Node> next =
                    all.stream().filter(n -> n.online && !n.timers.isEmpty()).min(Comparator.comparing(World::due));
            if (next.isEmpty() || due(next.get()).isAfter(end)) {
                now = end;
                return settle();
            }
            Instant due = due(next.get());
            now = due.isAfter(now) ? due : now;
            fire(next.get());
            settle();
        }
    }

    private static Instant due(Node node) {
        return node.timers.values().stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    private static void fire(Node node) {
        String name = node.timers.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        node.timers.remove(name);
        node.handle(new Event.Timer(name));
    }

    private void route(Sent sent) {
        if (!(sent.from() instanceof Party.Server) && lost.test(sent)) {
            return;
        }
        if (sent.commit() != null) {
            commit(sent);
        } else if (sent.from() instanceof Party.Server) {
            log.add(sent);
        } else {
            toServer(sent);
        }
    }

    void toServer(Sent sent) {
        LeafId from = ((Party.Member) sent.from()).leaf();
        if (server.proposal.orElse(server.committed).roster().contains(from)
                || server.committed.roster().contains(from)) {
            server.handle(new Event.Message(sent.from(), sent.type(), sent.body(), Optional.empty()));
        }
    }

    private void commit(Sent sent) {
        EpochCommit commit = sent.commit().commit();
        boolean current = commit.header().rosterHash().equals(Rosters.hash(server.proposal.orElse(server.committed)));
        if (current && server.open.filter(commit.header()::equals).isPresent()) {
            server.open = Optional.empty();
            log.add(sent);
            enter(server, sent.commit());
        }
    }

    private static void enter(Node node, SignedCommit signed) {
        EpochCommit commit = signed.commit();
        Hash epochHash = KeySchedule.epochHash(EpochCodec.encode(commit.header()), commit.confirmTag());
        node.epoch = Optional.of(new EpochView(commit.header(), epochHash));
        if (node.proposal
                .filter(p -> Rosters.hash(p).equals(commit.header().rosterHash()))
                .isPresent()) {
            node.committed = node.proposal.orElseThrow();
            node.proposal = Optional.empty();
        }
        node.handle(new Event.CommitAccepted(signed));
    }

    boolean pull(Node node) {
        if (node.cursor >= log.size()) {
            return false;
        }
        Sent sent = log.get(node.cursor++);
        sent = shown.apply(node, sent);
        if (sent == null || sent.to() instanceof Party.Member to && !to.leaf().equals(node.id())) {
            return true;
        }
        if (sent.roster() != null) {
            node.proposal = Optional.of(sent.roster());
            node.handle(new Event.RosterAdopted(sent.roster()));
        } else if (sent.commit() != null) {
            if (!left(node, sent.commit())) {
                take(node, sent.commit());
            }
        } else {
            Optional<Octets> slice = Optional.ofNullable(sent.slices().get(node.id()));
            node.handle(new Event.Message(sent.from(), sent.type(), sent.body(), slice));
        }
        return true;
    }

    private boolean left(Node node, SignedCommit signed) {
        boolean left = node.proposal
                .filter(p -> Rosters.hash(p).equals(signed.commit().header().rosterHash()))
                .filter(p -> !p.roster().contains(node.id()))
                .isPresent();
        if (left) {
            gone.put(node.id(), node);
            members.remove(node.id());
            node.handle(new Event.Abort("removed"));
        }
        return left;
    }

    /** A commit with another tag than one's own is complained about; one without a key is followed, its key may come. */
    private static void take(Node node, SignedCommit signed) {
        EpochCommit commit = signed.commit();
        SecretBytes secret = node.ready.get(commit.header());
        if (secret == null) {
            node.followed.put(commit.header(), signed);
        } else if (!node.confirmTag(commit.header(), secret).equals(commit.confirmTag())) {
            node.complaints.add("epoch " + commit.header().epoch());
            return;
        } else {
            node.secrets.put(commit.header().epoch(), secret);
        }
        enter(node, signed);
    }

    /** The key of an epoch whose commit was followed before. */
    private static void late(Node node, Effect.EpochReady ready) {
        SignedCommit commit = node.followed.get(ready.header());
        if (commit != null) {
            assertThat(node.confirmTag(ready.header(), ready.schemeSecret()))
                    .isEqualTo(commit.commit().confirmTag());
            node.secrets.put(ready.header().epoch(), ready.schemeSecret());
        } else {
            assertThat(ready.header().epoch())
                    .isEqualTo(node.epoch.map(e -> e.header().epoch()).orElse(0L) + 1);
        }
    }

    // what tests ask

    long epoch() {
        return server.epoch.map(e -> e.header().epoch()).orElse(0L);
    }

    /** All members are in the same epoch with the same key, and nobody complained. */
    void assertAgree() {
        assertAgree(members.values().toArray(new Node[0]));
    }

    void assertAgree(Node... nodes) {
        for (Node node : nodes) {
            assertThat(node.epoch).as(node.toString()).isEqualTo(server.epoch);
            assertThat(node.secrets.keySet()).as(node.toString()).contains(epoch());
            assertThat(node.secrets.get(epoch())).as(node.toString()).isEqualTo(nodes[0].secrets.get(epoch()));
            assertThat(node.complaints).isEmpty();
        }
    }

    List<Sent> sent(String type) {
        return everything.stream().filter(s -> s.type().equals(type)).toList();
    }

    /** What {@code node} sent since {@code from} of {@link #everything}. */
    List<Sent> sentBy(Node node, int from) {
        return everything.subList(from, everything.size()).stream()
                .filter(s -> s.from().equals(node.party()))
                .toList();
    }

    List<Effect.Evidence> evidence(Node node) {
        return node.seen.stream()
                .filter(Effect.Evidence.class::isInstance)
                .map(Effect.Evidence.class::cast)
                .toList();
    }

    static Step.Refuse last(Node node) {
        return node.refusals.get(node.refusals.size() - 1);
    }

    static Node[] nodes(Node... nodes) {
        return Arrays.copyOf(nodes, nodes.length);
    }
}
