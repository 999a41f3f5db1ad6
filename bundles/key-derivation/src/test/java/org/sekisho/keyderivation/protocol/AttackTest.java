// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Event;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.HpkePublicKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.X25519;
import org.sekisho.keyderivation.wire.Absent;
import org.sekisho.keyderivation.wire.Attempt;
import org.sekisho.keyderivation.wire.Commitment;
import org.sekisho.keyderivation.wire.Distribution;
import org.sekisho.keyderivation.wire.Indexed;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Neighbours;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Opening;
import org.sekisho.keyderivation.wire.Places;
import org.sekisho.keyderivation.wire.Prekey;
import org.sekisho.keyderivation.wire.RoundSecrets;
import org.sekisho.keyderivation.wire.Signed;
import org.sekisho.keyderivation.wire.Start;
import org.sekisho.testkit.scheme.Node;

/** Servers, members, former members and newcomers that do not keep to the protocol. */
class AttackTest {

    private static void refresh(World world) {
        OperationsTest.refresh(world);
    }

    private static List<Node> ring(World world) {
        return OperationsTest.ring(world);
    }

    private static Node other(World world) {
        return ring(world).stream()
                .filter(n -> n != world.founder())
                .findFirst()
                .orElseThrow();
    }

    // a server that lies

    @Test
    @DisplayName("dmkd_server_substituting_neighbour_R_is_rejected")
    void substitutedPoint() {
        World world = new World(4);
        Node victim = ring(world).get(2);
        // signed by somebody who is not the neighbour: the server's own key, and a former D1
        Node mallory = world.node(99);
        world.shown = (node, sent) -> node == victim && sent.type().equals(MessageType.ROUND_1_DONE)
                ? sent.with(substituted(sent, node, mallory))
                : sent;
        refresh(world);
        assertThat(World.last(victim).code()).isEqualTo(ErrorCode.BAD_SIGNATURE);
        assertThat(victim.secrets).doesNotContainKey(3L);
        assertThat(world.epoch()).isEqualTo(2);
        assertThat(world.sent(MessageType.ROUND_2).stream()
                        .filter(s -> s.from().equals(victim.party()))
                        .count())
                .isEqualTo(1);
        world.shown = (node, sent) -> sent;
        world.run(Duration.ofMinutes(1));
        assertThat(world.epoch()).isEqualTo(3);
        world.assertAgree();
    }

    private static Map<LeafId, Octets> substituted(World.Sent sent, Node node, Node mallory) {
        Neighbours.Slice slice = Neighbours.Slice.decode(sent.slices().get(node.id()));
        Commitment real = Commitment.decode(slice.left().orElseThrow().bytes());
        Octets forged = new Commitment(
                        real.ctxHash(),
                        real.leaf(),
                        Optional.of(mallory.hpkeKey.publicKey().bytes()),
                        real.commitment())
                .encode();
        var signed = new Signed(forged, mallory.idKey.sign(Commitment.LABEL, forged));
        Map<LeafId, Octets> slices = new HashMap<>(sent.slices());
        slices.put(node.id(), new Neighbours.Slice(slice.index(), Optional.of(signed), slice.right()).encode());
        return slices;
    }

    @Test
    @DisplayName("dmkd_replayed_D1_from_previous_attempt_rejected")
    void replayedD1() {
        World world = new World(4);
        Node victim = ring(world).get(2);
        Map<LeafId, Signed> old = new HashMap<>();
        world.sent(MessageType.ROUND_1).forEach(s -> {
            Signed signed = Indexed.decode(s.body()).signed();
            old.put(Commitment.decode(signed.bytes()).leaf(), signed);
        });
        world.shown = (node, sent) -> {
            if (node != victim || !sent.type().equals(MessageType.ROUND_1_DONE)) {
                return sent;
            }
            Neighbours.Slice slice = Neighbours.Slice.decode(sent.slices().get(node.id()));
            LeafId left = Commitment.decode(slice.left().orElseThrow().bytes()).leaf();
            Map<LeafId, Octets> slices = new HashMap<>(sent.slices());
            slices.put(
                    node.id(), new Neighbours.Slice(slice.index(), Optional.of(old.get(left)), slice.right()).encode());
            return sent.with(slices);
        };
        refresh(world);
        assertThat(World.last(victim).code()).isEqualTo(ErrorCode.BAD_SIGNATURE);
        assertThat(world.epoch()).isEqualTo(2);
        // and the server takes no D1 of an attempt that is over
        World honest = new World(3);
        World.Sent first = honest.sent(MessageType.ROUND_1).get(0);
        Octets head = honest.server.head;
        honest.server.handle(new Event.Message(first.from(), first.type(), first.body(), Optional.empty()));
        assertThat(honest.server.head).isEqualTo(head);
    }

    @Test
    @DisplayName("dmkd_ghost_member_not_in_roster_is_rejected")
    void ghost() {
        World world = new World(4);
        Node victim = other(world);
        Node ghost = world.node(99);
        SignedRoster real = world.server.committed;
        // a roster with the ghost that nobody signed into the chain
        SignedRoster forged = world.next(List.of(ghost), List.of());
        Start start = start(world, victim, Op.DIST, 1, forged, true);
        victim.handle(message(MessageType.START, start.encode()));
        assertThat(World.last(victim).code()).isEqualTo(ErrorCode.ROSTER_CONFLICT);
        // a place beyond the roster
        Start beyond = new Start(
                3,
                Op.DIST,
                1,
                Optional.of(world.server.epoch.orElseThrow().epochHash()),
                Rosters.hash(real),
                Places.of(List.of(0, 1, 2, 3, 4)),
                ringHash(victim),
                Places.of(List.of()),
                false);
        victim.handle(message(MessageType.START, beyond.encode()));
        assertThat(World.last(victim).code()).isEqualTo(ErrorCode.NOT_A_MEMBER);
        assertThat(victim.parts.keySet().stream().filter(k -> k.startsWith("run/")))
                .isEmpty();
    }

    private static Event.Message message(String type, Octets body) {
        return new Event.Message(Party.SERVER, type, body, Optional.empty());
    }

    private static Hash ringHash(Node node) {
        return ((MemberState) Heads.decode(node.head)).ringHash();
    }

    /** A start of all of {@code roster}, as a server might write it. */
    private static Start start(World world, Node node, Op op, long attempt, SignedRoster roster, boolean all) {
        List<LeafId> active = new ArrayList<>();
        roster.roster().entries().forEach(e -> active.add(e.leaf()));
        return startOf(world, node, op, attempt, roster, all ? active : active.subList(0, 2), List.of());
    }

    private static Start startOf(
            World world, Node node, Op op, long attempt, SignedRoster roster, List<LeafId> active, List<LeafId> join) {
        var a = Attempt.of(
                world.group,
                world.epoch() + 1,
                op,
                attempt,
                world.server.epoch.map(e -> e.epochHash()),
                Rosters.hash(roster),
                roster.roster(),
                active,
                ringHash(node),
                join,
                false);
        return a.start();
    }

    @Test
    @DisplayName("dmkd_join_with_pending_removal_refused")
    void joinWithRemoval() {
        World world = new World(6);
        Node removed = other(world);
        Node added = world.node(50);
        SignedRoster next = world.next(List.of(added), List.of(removed));
        for (Node member : world.members.values()) {
            if (member != removed) {
                member.proposal = Optional.of(next);
                member.handle(new Event.RosterAdopted(next));
                List<Node> ring = ring(world);
                int at = ring.indexOf(member);
                for (Node first : ring) {
                    // whoever opens the ring, and whether one is active or listens
                    Node tail = ring.get(Math.floorMod(ring.indexOf(first) - 1, ring.size()));
                    if (first == removed || tail == removed) {
                        continue;
                    }
                    Start join = startOf(
                            world,
                            member,
                            Op.JOIN,
                            1,
                            next,
                            List.of(first.id(), tail.id(), added.id()),
                            List.of(added.id()));
                    member.handle(message(MessageType.START, join.encode()));
                    assertThat(World.last(member).code()).as("at " + at).isEqualTo(ErrorCode.POLICY_VIOLATION);
                }
                assertThat(member.parts.keySet().stream().filter(k -> k.startsWith("run/")))
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("dmkd_update_with_pending_removal_refused")
    void updateWithRemoval() {
        World world = new World(4);
        Node removed = other(world);
        Node member = world.founder();
        SignedRoster next = world.next(List.of(), List.of(removed));
        member.proposal = Optional.of(next);
        member.handle(new Event.RosterAdopted(next));
        Start update = startOf(world, member, Op.UPDATE, 1, next, List.of(member.id()), List.of());
        member.handle(message(MessageType.UPDATE, update.encode()));
        assertThat(World.last(member).code()).isEqualTo(ErrorCode.POLICY_VIOLATION);
    }

    @Test
    @DisplayName("dmkd_remove_readd_counts_as_removal")
    void removeAndAddAgain() {
        World world = new World(5);
        Node twice = other(world);
        Node member = world.founder();
        SignedRoster without = world.next(List.of(), List.of(twice));
        world.adopt(without);
        SignedRoster again = world.next(List.of(twice), List.of());
        member.proposal = Optional.of(without);
        member.handle(new Event.RosterAdopted(without));
        member.proposal = Optional.of(again);
        member.handle(new Event.RosterAdopted(again));
        assertThat(member.committed.roster().removedBy(again.roster())).isEmpty();
        for (Op op : List.of(Op.UPDATE, Op.JOIN, Op.LEAVE)) {
            List<LeafId> active =
                    op == Op.UPDATE ? List.of(member.id()) : List.of(member.id(), left(member), twice.id());
            Start start = startOf(
                    world,
                    member,
                    op,
                    1,
                    again,
                    new ArrayList<>(new java.util.LinkedHashSet<>(active)),
                    op == Op.JOIN ? List.of(twice.id()) : List.of());
            var refused =
                    member.handle(message(op == Op.UPDATE ? MessageType.UPDATE : MessageType.START, start.encode()));
            assertThat(refused).as(op.name()).isPresent();
            assertThat(refused.orElseThrow().code()).as(op.name()).isEqualTo(ErrorCode.POLICY_VIOLATION);
        }
        // an honest server does a DIST
        World honest = new World(5);
        Node back = other(honest);
        honest.adopt(honest.next(List.of(), List.of(back)));
        honest.adopt(honest.next(List.of(back), List.of()));
        honest.run(Duration.ofSeconds(30));
        assertThat(OperationsTest.lastOp(honest)).isEqualTo(Op.DIST);
        honest.assertAgree();
    }

    private static LeafId left(Node node) {
        return ((MemberState) Heads.decode(node.head)).left().orElseThrow();
    }

    @Test
    @DisplayName("dmkd_partitioned_K1_detected_by_confirm_tag")
    void partitionedK1() {
        World world = new World(5);
        Node victim = ring(world).get(3);
        // the server seals another K1 for one leaf: it derives a key, but not the others'
        world.shown = (node, sent) -> {
            if (node != victim || !sent.type().equals(MessageType.KEYS)) {
                return sent;
            }
            Distribution d4 = Distribution.decode(sent.body());
            Distribution.Slice slice = Distribution.Slice.decode(sent.slices().get(node.id()));
            try (SecretBytes other = SecretBytes.take(new byte[32])) {
                Octets sealed = Hpke.seal(
                        new HpkePublicKey(node.hpkeKey.publicKey().bytes()),
                        KeyEquations.SEAL_K1,
                        KeyEquations.sealContext(d4.ctxHash(), d4.sid(), node.id()),
                        other,
                        Node.seeded("forged", new long[1]));
                return sent.with(Map.of(node.id(), new Distribution.Slice(slice.prefix(), sealed).encode()));
            }
        };
        refresh(world);
        assertThat(victim.complaints).hasSize(1);
        assertThat(victim.secrets).doesNotContainKey(3L);
        assertThat(((MemberState) Heads.decode(victim.head)).held()).isEqualTo(2);
    }

    @Test
    @DisplayName("dmkd_server_split_start_detected_on_first_crossing_signed_object")
    void splitStart() {
        World one = new World(6);
        // two halves, each shown a DIST of its own: both make a valid epoch 3
        Set<Node> half = new HashSet<>(ring(one).subList(0, 3));
        World two = new World(6);
        half.forEach(n -> n.online = false);
        two.members.values().stream()
                .filter(n -> half.stream().noneMatch(h -> h.id().equals(n.id())))
                .forEach(n -> n.online = false);
        refresh(one);
        one.run(Duration.ofSeconds(30));
        refresh(two);
        two.run(Duration.ofSeconds(30));
        assertThat(one.epoch()).isEqualTo(3);
        assertThat(two.epoch()).isEqualTo(3);
        Hash branch = one.server.epoch.orElseThrow().epochHash();
        assertThat(branch).isNotEqualTo(two.server.epoch.orElseThrow().epochHash());
        // the first commit that crosses is of an epoch that is known otherwise: the host's evidence of a fork (F8)
        World.Sent crossing = two.log.stream()
                .filter(s -> s.commit() != null)
                .reduce((a, b) -> b)
                .orElseThrow();
        EpochHeader foreign = crossing.commit().commit().header();
        assertThat(foreign.epoch()).isEqualTo(3);
        assertThat(foreign.previous())
                .isEqualTo(one.server.epoch.orElseThrow().header().previous());
        assertThat(foreign).isNotEqualTo(one.server.epoch.orElseThrow().header());
        // and no message of the other branch is of use in this one
        Node member = one.online().get(0);
        Octets head = member.head;
        two.log.stream()
                .filter(s -> s.from() instanceof Party.Server)
                .forEach(s -> member.handle(new Event.Message(
                        s.from(),
                        s.type(),
                        s.body(),
                        Optional.ofNullable(s.slices().get(member.id())))));
        assertThat(member.head).isEqualTo(head);
    }

    @Test
    void equivocation_over_d2_and_d4_gives_no_key() {
        World world = new World(4);
        Node victim = ring(world).get(1);
        for (String type : List.of(MessageType.ROUND_1_DONE, MessageType.KEYS)) {
            world.shown = (node, sent) -> {
                if (node != victim || !sent.type().equals(type)) {
                    return sent;
                }
                if (type.equals(MessageType.KEYS)) {
                    Distribution d = Distribution.decode(sent.body());
                    return sent.with(new Distribution(
                                    d.ctxHash(),
                                    Sha256.hash(new byte[1]),
                                    d.sum(),
                                    d.mask(),
                                    d.firstHash(),
                                    d.passive())
                            .encode());
                }
                Neighbours d = Neighbours.decode(sent.body());
                return sent.with(new Neighbours(d.ctxHash(), Sha256.hash(new byte[1]), d.count(), d.first()).encode());
            };
            long before = world.epoch();
            refresh(world);
            world.run(Duration.ofSeconds(1));
            assertThat(victim.secrets).doesNotContainKey(before + 1);
            world.shown = (node, sent) -> sent;
            world.run(Duration.ofMinutes(12));
            world.assertAgree();
        }
    }

    @Test
    void a_member_answers_one_d2_per_attempt() {
        World world = new World(3);
        world.server.handle(new Event.Request("refresh", Octets.EMPTY));
        Node member = ring(world).get(1);
        while (world.log.stream()
                        .filter(s -> s.type().equals(MessageType.ROUND_1_DONE))
                        .count()
                < 2) {
            world.steps(1);
        }
        while (world.sentBy(member, 0).stream()
                        .filter(s -> s.type().equals(MessageType.ROUND_2))
                        .count()
                < 2) {
            world.steps(1);
        }
        World.Sent d2 = world.log.stream()
                .filter(s -> s.type().equals(MessageType.ROUND_1_DONE))
                .reduce((a, b) -> b)
                .orElseThrow();
        Neighbours real = Neighbours.decode(d2.body());
        Octets again = new Neighbours(real.ctxHash(), Sha256.hash(new byte[2]), real.count(), real.first()).encode();
        int before = world.everything.size();
        member.handle(new Event.Message(
                Party.SERVER, d2.type(), again, Optional.of(d2.slices().get(member.id()))));
        assertThat(world.sentBy(member, before)).isEmpty();
        assertThat(member.parts).doesNotContainKeys(Pending.R, Pending.K, Pending.S);
    }

    @Test
    void an_older_attempt_is_not_begun_again() {
        World world = new World(4);
        Node away = ring(world).get(2);
        away.online = false;
        refresh(world);
        world.run(Duration.ofSeconds(30));
        Node member = world.online().get(0);
        for (World.Sent start : world.sent(MessageType.START)) {
            member.handle(message(MessageType.START, start.body()));
            assertThat(World.last(member).code()).isIn(ErrorCode.STALE_EPOCH, ErrorCode.REPLAYED);
        }
    }

    @Test
    @DisplayName("dmkd_server_reuses_sid_across_attempts_ex_member_learns_nothing")
    void reusedSid() {
        World world = new World(7);
        refresh(world);
        List<Node> ring = ring(world);
        Node first = ring.get(2) == world.founder() ? ring.get(4) : ring.get(2);
        Node last = ring.get((ring.indexOf(first) + 1) % 7) == world.founder()
                ? ring.get((ring.indexOf(first) + 2) % 7)
                : ring.get((ring.indexOf(first) + 1) % 7);
        // attempt 1 removes one; the other is still active, and somebody drops out
        Node silent = ring.stream()
                .filter(n -> n != first && n != last && n != world.founder())
                .findFirst()
                .orElseThrow();
        world.lost =
                sent -> sent.type().equals(MessageType.ROUND_2) && sent.from().equals(silent.party());
        Map<Long, Neighbours> sids = new HashMap<>();
        world.shown = (node, sent) -> {
            // the server says the same sid in every attempt
            if (!sent.type().equals(MessageType.ROUND_1_DONE)) {
                return sent;
            }
            Neighbours d2 = Neighbours.decode(sent.body());
            Neighbours before = sids.putIfAbsent(world.epoch(), d2);
            return before == null
                    ? sent
                    : sent.with(new Neighbours(d2.ctxHash(), before.sid(), d2.count(), d2.first()).encode());
        };
        world.remove(first);
        Octets lastLeft = last.parts.get(Pending.X_LEFT);
        assertThat(lastLeft).isNotNull();
        Optional<MemberRun> lastRun = ((MemberState) Heads.decode(last.head)).run();
        Map<LeafId, Opening> one = openings(world);
        world.lost = sent -> false;
        world.change(List.of(), List.of(last));
        world.settle();
        Map<LeafId, Opening> two = openings(world);
        // the same edges in both attempts, the same sid: other values
        two.keySet()
                .removeIf(leaf -> two.get(leaf).ctxHash().equals(one.get(leaf).ctxHash()));
        assertThat(two.values()).hasSizeGreaterThan(3).allSatisfy(o -> assertThat(o.sid())
                .isEqualTo(one.values().iterator().next().sid()));
        two.forEach((leaf, o) -> assertThat(o.sum()).isNotEqualTo(one.get(leaf).sum()));
        // who is removed by the second attempt knows all edges of the first, with the server's help: none opens the
        // second's mask
        MemberRun run = lastRun.orElseThrow();
        List<LeafId> order = attemptOf(world, run.ctxHash()).active();
        List<LeafId> next =
                attemptOf(world, two.values().iterator().next().ctxHash()).active();
        Opening rep = two.get(next.get(0));
        Map<LeafId, Octets> sums = new HashMap<>();
        two.forEach((leaf, o) -> sums.put(leaf, o.sum()));
        var d4 = new Distribution(
                rep.ctxHash(), rep.sid(), rep.sum(), rep.opening().orElseThrow(), rep.ctxHash(), Optional.empty());
        Octets edge;
        try (SecretBytes x = SecretBytes.take(
                        lastLeft.slice(lastLeft.size() - 32, lastLeft.size()).toByteArray());
                SecretBytes e = KeyEquations.edge(
                        x, run.ctxHash(), run.sid().orElseThrow(), run.leftEdge(), run.before(), last.id())) {
            edge = e.use(Octets::of);
        }
        int at = run.index();
        for (int i = 0; i < order.size(); i++) {
            try (SecretBytes candidate = SecretBytes.take(edge.toByteArray())) {
                for (int place = 0; place < next.size(); place++) {
                    tryEdge(d4, next, sums, place, candidate);
                }
            }
            edge = KeyEquations.xor(
                    edge,
                    one.get(order.get(Math.floorMod(at + i, order.size()))).sum());
        }
    }

    private static Attempt attemptOf(World world, Hash ctxHash) {
        return world.sent(MessageType.START).stream()
                .map(s -> Start.decode(s.body()))
                .flatMap(s -> rosters(world).stream()
                        .filter(r -> Rosters.hash(r).equals(s.rosterHash()))
                        .map(r -> s.resolve(world.group, r.roster())))
                .filter(a -> a.hash().equals(ctxHash))
                .findFirst()
                .orElseThrow();
    }

    private static Map<LeafId, Opening> openings(World world) {
        Map<LeafId, Opening> newest = new HashMap<>();
        world.sent(MessageType.ROUND_2).forEach(s -> {
            Opening o = Opening.decode(Indexed.decode(s.body()).signed().bytes());
            newest.put(o.leaf(), o);
        });
        return newest;
    }

    @Test
    @DisplayName("dmkd_mask_key_unique_per_attempt")
    void maskKey() {
        // a representative whose left edge is a reused one: in a second attempt with the same sid the mask is another
        Hash sid = Sha256.hash(new byte[3]);
        LeafId rep = LeafId.of(new byte[32]);
        try (SecretBytes h = SecretBytes.take(new byte[32]);
                SecretBytes k = SecretBytes.take(new byte[32])) {
            Set<Octets> masks = new HashSet<>();
            for (byte attempt = 1; attempt < 10; attempt++) {
                Hash ctxHash = Sha256.hash(new byte[] {attempt});
                try (SecretBytes edge = KeyEquations.edge(h, ctxHash, sid, 4, rep, rep)) {
                    assertThat(masks.add(KeyEquations.mask(edge, ctxHash, sid, rep, k, k)))
                            .isTrue();
                }
                // and even with the same edge
                assertThat(masks.add(KeyEquations.mask(h, ctxHash, sid, rep, k, k)))
                        .isTrue();
            }
        }
    }

    @Test
    @DisplayName("dmkd_two_commits_same_epoch_only_one_wins")
    void twoCommits() {
        World world = new World(4);
        world.server.handle(new Event.Request("refresh", Octets.EMPTY));
        // all of them commit
        world.settle();
        EpochHeader header = world.server.epoch.orElseThrow().header();
        int commits = (int) world.log.stream().filter(s -> s.commit() != null).count();
        world.members.values().forEach(n -> world.commit(n, header));
        world.settle();
        assertThat(world.log.stream().filter(s -> s.commit() != null)).hasSize(commits);
        world.assertAgree();
        // and any of them gives the same chain
        assertThat(world.members.values().stream()
                        .map(n -> n.epoch.orElseThrow().epochHash())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void what_the_server_withholds_is_missed_not_guessed() {
        for (String type : List.of(
                MessageType.START,
                MessageType.ROUND_1_DONE,
                MessageType.KEYS,
                MessageType.COMMIT,
                MessageType.WELCOME)) {
            World world = new World(5);
            Node victim = other(world);
            Set<Octets> withheld = new HashSet<>();
            world.shown = (node, sent) -> {
                boolean hide = node == victim && sent.type().equals(type);
                if (hide) {
                    withheld.add(sent.body());
                }
                return hide ? null : sent;
            };
            for (int i = 0; i < 3; i++) {
                refresh(world);
                world.run(Duration.ofSeconds(40));
            }
            assertThat(world.epoch()).as(type).isGreaterThan(3);
            // it knows what it lacks, and has no key but the group's
            assertThat(victim.epoch).isEqualTo(world.server.epoch);
            victim.secrets.forEach((e, key) ->
                    assertThat(key).isEqualTo(world.founder().secrets.get(e)));
            world.shown = (node, sent) -> sent;
            world.run(Duration.ofMinutes(15));
            refresh(world);
            world.run(Duration.ofMinutes(1));
            world.assertAgree();
            OperationsTest.assertEdges(world);
        }
    }

    @Test
    @DisplayName("dmkd_server_dump_in_any_phase_opens_no_mask")
    void serverDump() {
        World world = new World(4);
        List<Octets> known = new ArrayList<>();
        world.server.handle(new Event.Request("refresh", Octets.EMPTY));
        for (int i = 0; i < 60; i++) {
            world.steps(1);
            if (i % 6 == 0) {
                known.addAll(stolen(world.server));
            }
        }
        world.settle();
        known.addAll(stolen(world.server));
        assertOpensNothing(world, known);
    }

    @Test
    void flipped_octets_anywhere_are_refused_or_harmless() {
        for (long seed = 1; seed <= 4; seed++) {
            var random = new java.util.Random(seed);
            World world = new World(5);
            world.shown = (node, sent) -> {
                if (sent.roster() != null || sent.commit() != null || random.nextInt(6) > 0) {
                    return sent;
                }
                Octets slice = sent.slices().get(node.id());
                return slice != null && random.nextBoolean()
                        ? sent.with(Map.of(node.id(), anyFlipped(slice, random)))
                        : sent.with(anyFlipped(sent.body(), random));
            };
            world.lost = sent -> {
                if (sent.commit() != null || random.nextInt(6) > 0) {
                    return false;
                }
                world.toServer(sent.with(lie(world, sent, random)));
                return true;
            };
            for (int i = 0; i < 12; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> world.change(List.of(world.node(500 + 100 * (int) seed + i)), List.of());
                    case 1 -> refresh(world);
                    case 2 -> world.server.handle(new Event.Request("renew", Octets.EMPTY));
                    default ->
                        world.change(
                                List.of(),
                                world.members.values().stream()
                                        .filter(n -> n != world.founder())
                                        .filter(n -> world.server
                                                .proposal
                                                .orElse(world.server.committed)
                                                .roster()
                                                .contains(n.id()))
                                        .limit(1)
                                        .toList());
                }
                world.run(Duration.ofSeconds(30));
            }
            world.shown = (node, sent) -> sent;
            world.lost = sent -> false;
            world.run(Duration.ofMinutes(25));
            refresh(world);
            world.run(Duration.ofMinutes(2));
            world.assertAgree();
        }
    }

    private static Octets anyFlipped(Octets octets, java.util.Random random) {
        byte[] b = octets.toByteArray();
        for (int i = 0; i <= random.nextInt(2) && b.length > 0; i++) {
            b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return Octets.of(b);
    }

    /** What a member with its key can say wrong: any octet of what it signs, or of what goes around it. */
    private static Octets lie(World world, World.Sent sent, java.util.Random random) {
        boolean first = sent.type().equals(MessageType.ROUND_1);
        if (!first && !sent.type().equals(MessageType.ROUND_2) || random.nextBoolean()) {
            return anyFlipped(sent.body(), random);
        }
        Node liar = world.members.get(((Party.Member) sent.from()).leaf());
        if (liar == null) {
            return sent.body();
        }
        Indexed real = Indexed.decode(sent.body());
        Octets forged = anyFlipped(real.signed().bytes(), random);
        String label = first ? Commitment.LABEL : Opening.LABEL;
        return new Indexed(real.index(), new Signed(forged, liar.idKey.sign(label, forged))).encode();
    }

    // members that lie

    /** Rewrites what {@code node} sends in a round and signs it as that leaf would. */
    private static void liar(World world, Node node, String type, UnaryOperator<Octets> lie, String label) {
        world.lost = sent -> {
            if (!sent.type().equals(type) || !sent.from().equals(node.party())) {
                return false;
            }
            Indexed real = Indexed.decode(sent.body());
            Octets forged = lie.apply(real.signed().bytes());
            var signed = new Signed(forged, node.idKey.sign(label, forged));
            world.toServer(sent.with(new Indexed(real.index(), signed).encode()));
            return true;
        };
    }

    private static Opening with(Opening o, Octets sum, Optional<Octets> opening, Optional<Octets> edges) {
        return new Opening(o.ctxHash(), o.sid(), o.leaf(), sum, opening, edges);
    }

    private static Octets flipped(Octets octets) {
        byte[] b = octets.toByteArray();
        b[0] ^= 1;
        return Octets.of(b);
    }

    @Test
    @DisplayName("dmkd_wrong_k_j_opening_aborts")
    void wrongOpening() {
        World world = new World(5);
        Node liar = ring(world).get(3);
        liar(
                world,
                liar,
                MessageType.ROUND_2,
                bytes -> {
                    Opening o = Opening.decode(bytes);
                    boolean plain = o.opening().orElseThrow().size() == Opening.PLAIN;
                    return plain
                            ? with(o, o.sum(), o.opening().map(AttackTest::flipped), o.edges())
                                    .encode()
                            : bytes;
                },
                Opening.LABEL);
        refresh(world);
        world.run(Duration.ofSeconds(30));
        assertThat(world.evidence(world.server)).extracting(e -> e.kind()).contains("dmkd opening");
        assertThat(world.epoch()).isEqualTo(3);
        assertThat(RestartTest.lastStart(world).active()).hasSize(4);
        world.assertAgree(world.members.values().stream().filter(n -> n != liar).toArray(Node[]::new));
    }

    @Test
    @DisplayName("dmkd_wrong_c1_opening_complains")
    void wrongMask() {
        World world = new World(5);
        refresh(world);
        Node liar = RestartTest.first(world);
        // a mask that opens, to a k that the representative did not commit to
        liar(
                world,
                liar,
                MessageType.ROUND_2,
                bytes -> {
                    Opening o = Opening.decode(bytes);
                    if (o.opening().orElseThrow().size() != Opening.MASK) {
                        return bytes;
                    }
                    // what a real liar would do: draw another k and mask that
                    try (SecretBytes x = Secrets.require(
                                    new Draft<>(liar, (MemberState) Heads.decode(liar.head)), Pending.X_LEFT);
                            SecretBytes other = SecretBytes.take(new byte[32])) {
                        MemberRun run =
                                ((MemberState) Heads.decode(liar.head)).run().orElseThrow();
                        try (SecretBytes edge =
                                KeyEquations.edge(x, o.ctxHash(), o.sid(), run.leftEdge(), run.before(), liar.id())) {
                            Octets mask = KeyEquations.mask(edge, o.ctxHash(), o.sid(), liar.id(), other, other);
                            return with(o, o.sum(), Optional.of(mask), o.edges())
                                    .encode();
                        }
                    }
                },
                Opening.LABEL);
        refresh(world);
        world.run(Duration.ofSeconds(40));
        assertThat(world.evidence(world.server)).extracting(e -> e.kind()).contains("dmkd complaint COMMITMENT");
        assertThat(world.epoch()).isEqualTo(4);
        // another one represents, and the liar is of no consequence as an ordinary leaf
        assertThat(RestartTest.first(world)).isNotEqualTo(liar);
        world.assertAgree();
    }

    @Test
    @DisplayName("dmkd_ring_sum_nonzero_triggers_audit")
    void audit() {
        World world = new World(6);
        Node liar = ring(world).get(4);
        liar(
                world,
                liar,
                MessageType.ROUND_2,
                bytes -> {
                    Opening o = Opening.decode(bytes);
                    return with(o, flipped(o.sum()), o.opening(), o.edges()).encode();
                },
                Opening.LABEL);
        refresh(world);
        world.run(Duration.ofSeconds(30));
        List<Start> starts = world.sent(MessageType.START).stream()
                .map(s -> Start.decode(s.body()))
                .toList();
        assertThat(starts.subList(starts.size() - 3, starts.size()))
                .extracting(Start::audit)
                .containsExactly(false, true, false);
        assertThat(world.evidence(world.server)).extracting(e -> e.kind()).contains("dmkd sum");
        assertThat(RestartTest.lastStart(world).active()).hasSize(5);
        assertThat(world.epoch()).isEqualTo(3);
        world.assertAgree(world.members.values().stream().filter(n -> n != liar).toArray(Node[]::new));
        world.lost = s -> false;
        world.run(Duration.ofMinutes(1));
        world.assertAgree();
    }

    @Test
    void an_edge_with_two_values_is_found_and_its_liar_at_the_second_one() {
        World world = new World(7);
        Node liar = ring(world).get(4);
        // a sum that fits the edges it shows, so that only its neighbours' words are against it
        liar(
                world,
                liar,
                MessageType.ROUND_2,
                bytes -> {
                    Opening o = Opening.decode(bytes);
                    Optional<Octets> edges = o.edges().map(AttackTest::flipped);
                    return with(o, flipped(o.sum()), o.opening(), edges).encode();
                },
                Opening.LABEL);
        refresh(world);
        world.run(Duration.ofMinutes(2));
        assertThat(world.evidence(world.server)).extracting(e -> e.kind()).contains("dmkd edge");
        assertThat(world.epoch()).isEqualTo(3);
        Start last = RestartTest.lastStart(world);
        assertThat(RestartTest.attempt(world, last).active()).doesNotContain(liar.id());
        world.lost = s -> false;
        world.run(Duration.ofMinutes(1));
        world.assertAgree();
    }

    @Test
    void an_audit_makes_no_key() {
        World world = new World(4);
        Node member = ring(world).get(1);
        List<LeafId> active = ring(world).stream().map(Node::id).toList();
        Roster roster = world.server.committed.roster();
        var a = Attempt.of(
                world.group,
                3,
                Op.DIST,
                1,
                world.server.epoch.map(e -> e.epochHash()),
                Rosters.hash(world.server.committed),
                roster,
                active,
                ringHash(member),
                List.of(),
                true);
        member.handle(message(MessageType.START, a.start().encode()));
        assertThat(((MemberState) Heads.decode(member.head)).run().orElseThrow().audit())
                .isTrue();
        // the ctx of the audit is another than that of the attempt with the same number
        Start shown = a.start();
        var plain = Attempt.of(
                world.group,
                3,
                Op.DIST,
                1,
                shown.previous(),
                shown.rosterHash(),
                roster,
                active,
                shown.ringHash(),
                List.of(),
                false);
        assertThat(a.hash()).isNotEqualTo(plain.hash());
        member.handle(message(MessageType.START, plain.start().encode()));
        assertThat(World.last(member).code()).isEqualTo(ErrorCode.REPLAYED);
    }

    @Test
    void a_point_of_small_order_is_evidence_and_its_leaf_stays_out() {
        World world = new World(5);
        Node liar = ring(world).get(2);
        liar(
                world,
                liar,
                MessageType.ROUND_1,
                bytes -> {
                    Commitment d = Commitment.decode(bytes);
                    return new Commitment(d.ctxHash(), d.leaf(), Optional.of(Octets.of(new byte[32])), d.commitment())
                            .encode();
                },
                Commitment.LABEL);
        refresh(world);
        world.run(Duration.ofSeconds(30));
        assertThat(world.evidence(world.server)).extracting(e -> e.kind()).contains("dmkd point");
        assertThat(RestartTest.lastStart(world).active()).hasSize(4);
        assertThat(world.epoch()).isEqualTo(3);
    }

    @Test
    void two_answers_of_one_attempt_are_evidence() {
        World world = new World(3);
        Node liar = ring(world).get(1);
        Map<Hash, Boolean> done = new HashMap<>();
        world.lost = sent -> {
            if (sent.type().equals(MessageType.ROUND_1) && sent.from().equals(liar.party())) {
                Indexed real = Indexed.decode(sent.body());
                Commitment d = Commitment.decode(real.signed().bytes());
                if (done.putIfAbsent(d.ctxHash(), true) == null) {
                    world.toServer(sent);
                    Octets other = new Commitment(d.ctxHash(), d.leaf(), d.point(), Sha256.hash(new byte[5])).encode();
                    world.toServer(sent.with(
                            new Indexed(real.index(), new Signed(other, liar.idKey.sign(Commitment.LABEL, other)))
                                    .encode()));
                    return true;
                }
            }
            return false;
        };
        refresh(world);
        assertThat(world.evidence(world.server)).extracting(e -> e.kind()).contains("dmkd two answers");
        assertThat(world.epoch()).isEqualTo(3);
        world.assertAgree();
    }

    @Test
    void nobody_speaks_for_another_leaf() {
        World world = new World(4);
        world.server.handle(new Event.Request("refresh", Octets.EMPTY));
        world.steps(30);
        Node thief = ring(world).get(1);
        for (World.Sent sent : List.copyOf(world.everything)) {
            if (sent.from() instanceof Party.Member && !sent.from().equals(thief.party())) {
                Octets head = world.server.head;
                var parts = Map.copyOf(world.server.parts);
                world.server.handle(new Event.Message(thief.party(), sent.type(), sent.body(), Optional.empty()));
                assertThat(world.server.head).isEqualTo(head);
                parts.keySet().stream()
                        .filter(k ->
                                k.startsWith("pre/") && k.endsWith(thief.id().toString()))
                        .forEach(k -> assertThat(world.server.parts.get(k)).isEqualTo(parts.get(k)));
            }
        }
    }

    // prekeys and Welcomes

    @Test
    @DisplayName("dmkd_server_substituted_prekey_rejected")
    void substitutedPrekey() {
        World world = new World(4);
        Node sponsor = ring(world).get(1);
        Node absent = ring(world).get(2);
        HpkePrivateKey servers = HpkePrivateKey.generate(Node.seeded("server's", new long[1]));
        var prekey = new Prekey(
                world.group,
                absent.id(),
                Octets.of(new byte[16]),
                Prekey.Kind.ONE_TIME,
                servers.publicKey().bytes(),
                world.now.getEpochSecond() + 1000);
        Hash header = sponsor.hash(world.server.epoch.orElseThrow().header());
        int before = world.everything.size();
        for (Node signer : List.of(world.server, sponsor)) {
            Octets bytes = prekey.encode();
            var forged = new Signed(bytes, signer.idKey.sign(Prekey.LABEL, bytes));
            sponsor.handle(message(MessageType.ABSENT, new Absent(header, List.of(forged)).encode()));
        }
        // signed by the leaf, but for another group, or too old
        for (Prekey wrong : List.of(
                new Prekey(
                        org.sekisho.api.GroupId.of(new byte[16]),
                        absent.id(),
                        prekey.id(),
                        prekey.kind(),
                        prekey.key(),
                        prekey.notAfter()),
                new Prekey(world.group, absent.id(), prekey.id(), prekey.kind(), prekey.key(), 1))) {
            Octets bytes = wrong.encode();
            var signed = new Signed(bytes, absent.idKey.sign(Prekey.LABEL, bytes));
            sponsor.handle(message(MessageType.ABSENT, new Absent(header, List.of(signed)).encode()));
        }
        assertThat(world.sentBy(sponsor, before)).isEmpty();
        assertThat(world.evidence(sponsor)).hasSize(4);
        // a good one of the same shape is answered
        Octets bytes = prekey.encode();
        var good = new Signed(bytes, absent.idKey.sign(Prekey.LABEL, bytes));
        sponsor.handle(message(MessageType.ABSENT, new Absent(header, List.of(good)).encode()));
        assertThat(world.sentBy(sponsor, before)).hasSize(1);
    }

    @Test
    void a_welcome_to_another_key_is_thrown_away() {
        World world = new World(4);
        Node away = other(world);
        away.online = false;
        refresh(world);
        world.run(Duration.ofSeconds(30));
        away.online = true;
        Set<String> stock = keys(away, "pk/");
        // the server's part is another: what comes out is not the epoch's key
        world.shown = (node, sent) -> {
            if (node != away || !sent.type().equals(MessageType.WELCOME)) {
                return sent;
            }
            var w = org.sekisho.keyderivation.wire.Welcome.decode(sent.body());
            PrekeyStock.Kept kept = PrekeyStock.find(
                            new Draft<>(away, (MemberState) Heads.decode(away.head)), w.prekeyHash())
                    .orElseThrow();
            try (SecretBytes other = SecretBytes.take(new byte[32])) {
                Octets part = Hpke.seal(
                        new HpkePublicKey(kept.prekey().key()),
                        KeyEquations.SEAL_WELCOME_SERVER,
                        KeyEquations.welcomeContext(away.hash(w.header()), away.id(), w.prekeyHash()),
                        other,
                        Node.seeded("forged", new long[1]));
                return sent.with(new org.sekisho.keyderivation.wire.Welcome(
                                w.header(),
                                w.ringHash(),
                                w.sponsor(),
                                w.prekeyHash(),
                                w.sealed(),
                                w.signature(),
                                Optional.of(part))
                        .encode());
            }
        };
        // one is enough
        for (int i = 0; i < 60 && world.evidence(away).isEmpty(); i++) {
            world.pull(away);
        }
        assertThat(world.evidence(away)).extracting(e -> e.kind()).contains("dmkd welcome");
        assertThat(away.secrets).doesNotContainKey(world.epoch());
        assertThat(stock).isNotEmpty();
        world.shown = (node, sent) -> sent;
        world.run(Duration.ofMinutes(1));
        world.assertAgree();
    }

    private static Set<String> keys(Node node, String prefix) {
        Set<String> keys = new HashSet<>();
        node.parts.keySet().stream().filter(k -> k.startsWith(prefix)).forEach(keys::add);
        return keys;
    }

    // who must not have what

    /** All secrets a leaf ever kept in rows, as octets: what a thief of the device has. */
    private static List<Octets> stolen(Node node) {
        List<Octets> all = new ArrayList<>();
        node.parts.values().forEach(v -> {
            for (int at = 0; at + 32 <= v.size(); at++) {
                all.add(v.slice(at, at + 32));
            }
        });
        return all;
    }

    @Test
    @DisplayName("dmkd_ex_member_with_full_server_dump_cannot_derive_next_key")
    void exMember() {
        World world = new World(6);
        refresh(world);
        Node leaver = ring(world).get(2) == world.founder()
                ? ring(world).get(3)
                : ring(world).get(2);
        List<Octets> known = stolen(leaver);
        world.remove(leaver);
        assertThat(OperationsTest.lastOp(world)).isEqualTo(Op.LEAVE);
        known.addAll(stolen(world.server));
        assertOpensNothing(world, known);
    }

    @Test
    @DisplayName("dmkd_joiner_with_server_dump_cannot_derive_previous_key")
    void joiner() {
        World world = new World(5);
        refresh(world);
        Node joiner = world.node(50);
        World.Sent old = newest(world, MessageType.KEYS);
        SecretBytes secret = world.founder().secrets.get(world.epoch());
        List<Octets> dump = stolen(world.server);
        world.add(joiner);
        List<Octets> known = stolen(joiner);
        known.addAll(dump);
        known.addAll(stolen(world.server));
        assertOpensNothing(world, known, old, secret);
        assertThat(joiner.secrets).hasSize(1);
    }

    @Test
    @DisplayName("dmkd_state_compromise_at_e_does_not_open_e_minus_1")
    void forwardSecrecy() {
        World world = new World(5);
        refresh(world);
        World.Sent old = newest(world, MessageType.KEYS);
        SecretBytes secret = world.founder().secrets.get(world.epoch());
        world.server.handle(new Event.Request("renew", Octets.EMPTY));
        world.settle();
        List<Octets> known = new ArrayList<>();
        world.members.values().forEach(n -> known.addAll(stolen(n)));
        known.addAll(stolen(world.server));
        assertOpensNothing(world, known, old, secret);
    }

    private static World.Sent newest(World world, String type) {
        List<World.Sent> all = world.sent(type);
        return all.get(all.size() - 1);
    }

    private static void assertOpensNothing(World world, List<Octets> known) {
        assertOpensNothing(
                world,
                known,
                newest(world, MessageType.KEYS),
                world.founder().secrets.get(world.epoch()));
    }

    /**
     * Tries every 32 octets known as an edge secret or an edge, at every place of the ring, together with all that the server
     * saw, to open the mask: as if K1 and k' were known, the key follows from that alone (protocol note 3.3).
     */
    private static void assertOpensNothing(World world, List<Octets> known, World.Sent keys, SecretBytes secret) {
        Distribution d4 = Distribution.decode(keys.body());
        List<Opening> openings = world.sent(MessageType.ROUND_2).stream()
                .map(s -> Opening.decode(Indexed.decode(s.body()).signed().bytes()))
                .filter(o -> o.ctxHash().equals(d4.ctxHash()))
                .toList();
        assertThat(openings).isNotEmpty();
        Attempt attempt = attemptOf(world, d4.ctxHash());
        List<LeafId> active = attempt.active();
        int n = active.size();
        Map<LeafId, Octets> sums = new HashMap<>();
        openings.forEach(o -> sums.put(o.leaf(), o.sum()));
        Set<Octets> tried = new HashSet<>(known);
        for (Octets candidate : tried) {
            boolean same = secret.use(s -> Octets.of(s).equals(candidate));
            assertThat(same).isFalse();
            try (SecretBytes x = SecretBytes.take(candidate.toByteArray())) {
                for (int i = 0; i < n; i++) {
                    try (SecretBytes edge =
                            KeyEquations.edge(x, d4.ctxHash(), d4.sid(), i, active.get(i), active.get((i + 1) % n))) {
                        tryEdge(d4, active, sums, i, edge);
                        tryEdge(d4, active, sums, i, x);
                    }
                }
            }
        }
    }

    /** Walks from edge i to the last one by the sums, and tries the mask. */
    private static void tryEdge(
            Distribution d4, List<LeafId> active, Map<LeafId, Octets> sums, int i, SecretBytes edge) {
        SecretBytes walked = edge.duplicate();
        for (int at = i + 1; at < active.size(); at++) {
            SecretBytes next = KeyEquations.xor(walked, sums.get(active.get(at)));
            walked.close();
            walked = next;
        }
        assertThat(KeyEquations.openMask(walked, d4.ctxHash(), d4.sid(), active.get(0), d4.mask()))
                .isEmpty();
        walked.close();
    }

    private static List<SignedRoster> rosters(World world) {
        List<SignedRoster> all = new ArrayList<>();
        all.add(world.server.committed);
        world.log.stream().filter(s -> s.roster() != null).forEach(s -> all.add(s.roster()));
        return all;
    }

    /** The attack above does find a key where there is one: with an edge of a member of the ring. */
    @Test
    void the_search_for_keys_works() {
        World world = new World(4);
        world.server.handle(new Event.Request("refresh", Octets.EMPTY));
        Node member = ring(world).get(1);
        while (member.parts.get(Pending.X_LEFT) == null) {
            world.steps(1);
        }
        List<Octets> known = stolen(member);
        world.settle();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> assertOpensNothing(world, known))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("dmkd_naxos_random_survives_either_leak")
    void naxos() {
        Hash ctx = Sha256.hash(new byte[1]);
        try (SecretBytes st = SecretBytes.take(new byte[32]);
                SecretBytes st2 =
                        SecretBytes.take(Sha256.hash(new byte[9]).value().toByteArray());
                SecretBytes rho = SecretBytes.take(new byte[64]);
                SecretBytes rho2 = SecretBytes.take(java.util.Arrays.copyOf(new byte[] {1}, 64));
                RoundSecrets a = KeyEquations.roundSecrets(st, rho, ctx);
                RoundSecrets b = KeyEquations.roundSecrets(st2, rho, ctx);
                RoundSecrets c = KeyEquations.roundSecrets(st, rho2, ctx)) {
            assertThat(a.r()).isNotEqualTo(b.r()).isNotEqualTo(c.r());
            assertThat(a.k()).isNotEqualTo(b.k()).isNotEqualTo(c.k());
            assertThat(X25519.publicKey(a.r())).isNotEqualTo(X25519.publicKey(b.r()));
        }
        // two worlds with the same host randomness but another static secret draw other things
        World one = new World(3);
        assertThat(one.members.values().stream().map(n -> n.parts.get("st")).distinct())
                .hasSize(3);
    }

    @Test
    void no_secret_in_inspect_head_or_text() {
        World world = new World(4);
        world.server.handle(new Event.Request("refresh", Octets.EMPTY));
        for (int i = 0; i < 60; i++) {
            world.steps(1);
            List<Node> all = new ArrayList<>(world.members.values());
            all.add(world.server);
            for (Node node : all) {
                String shown = node.scheme.inspect(node.head) + node.head.hex();
                node.parts.forEach((key, value) -> {
                    boolean secret = key.equals("st")
                            || key.startsWith("run/")
                            || key.startsWith("k1")
                            || List.of("rs", "hl", "hr", "k2").contains(key);
                    if (secret) {
                        assertThat(shown)
                                .doesNotContain(value.slice(value.size() - 32, value.size())
                                        .hex());
                    }
                });
            }
        }
    }

    @Test
    void unknown_and_malformed_bodies_change_nothing() {
        World world = new World(3);
        Node member = world.founder();
        for (String type : List.of(
                MessageType.START,
                MessageType.ROUND_1_DONE,
                MessageType.KEYS,
                MessageType.UPDATE,
                MessageType.COMMIT,
                MessageType.ABSENT,
                MessageType.WELCOME,
                "dmkd/unknown")) {
            Octets head = member.head;
            Map<String, Octets> parts = Map.copyOf(member.parts);
            assertThat(member.handle(message(type, Octets.of((byte) 0x80)))).isPresent();
            assertThat(member.handle(new Event.Message(
                            world.members.values().stream()
                                    .skip(1)
                                    .findFirst()
                                    .orElseThrow()
                                    .party(),
                            type,
                            Octets.of((byte) 0x80),
                            Optional.empty())))
                    .isPresent();
            assertThat(member.head).isEqualTo(head);
            assertThat(member.parts).isEqualTo(parts);
        }
        for (String type : List.of(
                MessageType.ROUND_1,
                MessageType.ROUND_2,
                MessageType.CONFIRM,
                MessageType.COMPLAINT,
                MessageType.PREKEYS,
                MessageType.WELCOMES,
                MessageType.WISH,
                "dmkd/unknown")) {
            Octets head = world.server.head;
            assertThat(world.server.handle(
                            new Event.Message(member.party(), type, Octets.of((byte) 0x80), Optional.empty())))
                    .isPresent();
            assertThat(world.server.head).isEqualTo(head);
        }
    }
}
