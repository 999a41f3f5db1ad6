// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.scheme.Event;
import org.sekisho.keyderivation.wire.Commitment;
import org.sekisho.keyderivation.wire.Indexed;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Start;
import org.sekisho.testkit.scheme.Node;

/** DIST, JOIN, LEAVE and UPDATE among honest parties. */
class OperationsTest {

    static Op lastOp(World world) {
        List<World.Sent> starts = world.everything.stream()
                .filter(s -> s.type().equals(MessageType.START) || s.type().equals(MessageType.UPDATE))
                .toList();
        return Start.decode(starts.get(starts.size() - 1).body()).op();
    }

    @Test
    void a_lone_founder_makes_its_epoch() {
        World world = new World();
        assertThat(world.epoch()).isEqualTo(1);
        world.assertAgree();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 13, 33, 64})
    @DisplayName("dmkd_dist_all_members_agree_n1_to_64")
    void distAgrees(int n) {
        World world = new World(n);
        world.assertAgree();
        long before = world.epoch();
        world.server.handle(new Event.Request("refresh", org.sekisho.api.Octets.EMPTY));
        world.settle();
        assertThat(lastOp(world)).isEqualTo(Op.DIST);
        assertThat(world.epoch()).isEqualTo(before + 1);
        world.assertAgree();
    }

    @Test
    @DisplayName("dmkd_join_passive_members_send_nothing")
    void joinPassive() {
        World world = new World(8);
        int from = world.everything.size();
        Node joiner = world.node(100);
        Node second = world.node(101);
        world.add(joiner, second);
        assertThat(lastOp(world)).isEqualTo(Op.JOIN);
        world.assertAgree();
        long talking = world.members.values().stream()
                .filter(n -> !world.sentBy(n, from).isEmpty())
                .count();
        // representative, tail and the two who come; the joiners' prekeys included
        assertThat(talking).isEqualTo(4);
        assertThat(joiner.secrets).hasSize(1);
    }

    @Test
    @DisplayName("dmkd_leave_unaffected_do_no_dh")
    void leaveWithoutDh() {
        World world = new World(9);
        refresh(world);
        List<Node> ring = ring(world);
        int from = world.everything.size();
        world.remove(ring.get(3));
        assertThat(lastOp(world)).isEqualTo(Op.LEAVE);
        world.assertAgree();
        List<Commitment> sent = world.everything.subList(from, world.everything.size()).stream()
                .filter(s -> s.type().equals(MessageType.ROUND_1))
                .map(s -> Commitment.decode(Indexed.decode(s.body()).signed().bytes()))
                .toList();
        assertThat(sent).hasSize(8);
        List<Object> showing = new ArrayList<>();
        sent.stream().filter(d -> d.point().isPresent()).forEach(d -> showing.add(d.leaf()));
        assertThat(showing)
                .containsExactlyInAnyOrder(ring.get(2).id(), ring.get(4).id());
    }

    static void refresh(World world) {
        world.server.handle(new Event.Request("refresh", org.sekisho.api.Octets.EMPTY));
        world.settle();
    }

    /** Members in the order of the server's ring. */
    static List<Node> ring(World world) {
        try (var draft = new Draft<>(world.server, (ServerState) Heads.decode(world.server.head))) {
            return LeafPages.read(draft, LeafPages.RING).stream()
                    .map(world.members::get)
                    .toList();
        }
    }

    static void assertEdges(World world) {
        List<Node> ring = ring(world);
        for (int i = 0; i < ring.size() && ring.size() > 1; i++) {
            Node left = ring.get(i);
            Node right = ring.get((i + 1) % ring.size());
            assertThat(left.parts.get(Pending.RIGHT)).isNotNull().isEqualTo(right.parts.get(Pending.LEFT));
        }
    }

    @Test
    void updates_need_one_message_and_no_round() {
        World world = new World(6);
        int from = world.everything.size();
        long before = world.epoch();
        world.server.handle(new Event.Request("renew", org.sekisho.api.Octets.EMPTY));
        world.settle();
        assertThat(world.epoch()).isEqualTo(before + 1);
        assertThat(lastOp(world)).isEqualTo(Op.UPDATE);
        assertThat(world.everything.size() - from).isEqualTo(1);
        world.assertAgree();
        assertEdges(world);
    }

    @Test
    void time_frames_and_refresh_come_by_themselves() {
        World world = new World(4, World.policy(Duration.ofHours(1)));
        long before = world.epoch();
        world.run(Duration.ofHours(25));
        assertThat(world.epoch()).isGreaterThan(before + 20);
        assertThat(world.sent(MessageType.START).stream()
                        .map(s -> Start.decode(s.body()).op())
                        .filter(Op.DIST::equals))
                .hasSizeGreaterThan(2);
        world.assertAgree();
        assertEdges(world);
    }

    @Test
    void edges_and_keys_agree_through_all_operations() {
        World world = new World(5);
        assertEdges(world);
        world.add(world.node(10));
        assertEdges(world);
        world.add(world.node(11), world.node(12), world.node(13));
        assertEdges(world);
        world.remove(ring(world).get(2), ring(world).get(3), ring(world).get(6));
        assertThat(lastOp(world)).isEqualTo(Op.LEAVE);
        world.assertAgree();
        assertEdges(world);
        world.server.handle(new Event.Request("renew", org.sekisho.api.Octets.EMPTY));
        world.settle();
        world.assertAgree();
        assertEdges(world);
        List<Node> leaving =
                ring(world).stream().filter(n -> n != world.founder()).toList();
        world.remove(leaving.subList(1, leaving.size()).toArray(new Node[0]));
        world.assertAgree();
        assertEdges(world);
        assertThat(world.members).hasSize(2);
        world.remove(leaving.get(0));
        world.assertAgree();
        assertThat(world.members).hasSize(1);
        world.add(world.node(20));
        world.assertAgree();
        assertEdges(world);
    }

    @Test
    void a_roster_that_removes_and_adds_is_a_dist() {
        World world = new World(5);
        world.change(List.of(world.node(50)), List.of(ring(world).get(2)));
        world.settle();
        assertThat(lastOp(world)).isEqualTo(Op.DIST);
        world.assertAgree();
        assertEdges(world);
    }

    @Test
    void a_roster_that_changes_nobody_is_an_update() {
        World world = new World(4);
        long before = world.epoch();
        world.change(List.of(), List.of());
        world.settle();
        assertThat(lastOp(world)).isEqualTo(Op.UPDATE);
        assertThat(world.epoch()).isEqualTo(before + 1);
        world.assertAgree();
    }

    @Test
    void a_member_may_ask() {
        World world = new World(3);
        long before = world.epoch();
        world.founder().handle(new Event.Request("refresh", org.sekisho.api.Octets.EMPTY));
        world.settle();
        assertThat(lastOp(world)).isEqualTo(Op.DIST);
        assertThat(world.epoch()).isEqualTo(before + 1);
        assertThat(Optional.of(world.epoch())).contains(before + 1);
        world.assertAgree();
    }
}
