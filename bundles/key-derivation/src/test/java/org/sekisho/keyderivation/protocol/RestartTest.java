// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Event;
import org.sekisho.keyderivation.wire.Attempt;
import org.sekisho.keyderivation.wire.Commitment;
import org.sekisho.keyderivation.wire.Indexed;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Opening;
import org.sekisho.keyderivation.wire.Prekey;
import org.sekisho.keyderivation.wire.Start;
import org.sekisho.testkit.scheme.Node;

/** Drop-outs, restarts, crashes, absence. */
class RestartTest {

    static Start lastStart(World world) {
        List<World.Sent> starts = world.sent(MessageType.START);
        return Start.decode(starts.get(starts.size() - 1).body());
    }

    static void refresh(World world) {
        OperationsTest.refresh(world);
    }

    @Test
    @DisplayName("dmkd_drop_in_round1_restarts_without_user")
    void dropInRound1() {
        World world = new World(6);
        Node away = OperationsTest.ring(world).get(3);
        away.online = false;
        refresh(world);
        world.run(Duration.ofSeconds(30));
        assertThat(lastStart(world).attempt()).isEqualTo(2);
        assertThat(lastStart(world).active()).hasSize(5);
        assertThat(world.epoch()).isEqualTo(3);
        Node[] there = world.online().toArray(new Node[0]);
        world.assertAgree(there);
        away.online = true;
        world.run(Duration.ofSeconds(30));
        world.assertAgree();
    }

    @Test
    @DisplayName("dmkd_drop_in_round2_restarts_with_fresh_secrets")
    void dropInRound2() {
        World world = new World(5);
        Node flaky = OperationsTest.ring(world).get(2);
        world.lost =
                sent -> sent.type().equals(MessageType.ROUND_2) && sent.from().equals(flaky.party());
        int from = world.everything.size();
        refresh(world);
        world.run(Duration.ofSeconds(30));
        world.lost = sent -> false;
        assertThat(world.epoch()).isEqualTo(3);
        List<Opening> openings = world.everything.subList(from, world.everything.size()).stream()
                .filter(s -> s.type().equals(MessageType.ROUND_2))
                .map(s -> Opening.decode(Indexed.decode(s.body()).signed().bytes()))
                .toList();
        Set<Octets> shown = new HashSet<>();
        openings.forEach(o -> assertThat(shown.add(o.opening().orElseThrow())).isTrue());
        Set<Octets> points = new HashSet<>();
        world.everything.subList(from, world.everything.size()).stream()
                .filter(s -> s.type().equals(MessageType.ROUND_1))
                .map(s -> Commitment.decode(Indexed.decode(s.body()).signed().bytes()))
                .forEach(d -> assertThat(points.add(d.point().orElseThrow())).isTrue());
        assertThat(openings).hasSize(5 + 4);
        world.run(Duration.ofSeconds(30));
        world.assertAgree();
        // it keeps out of the next ring for ten minutes, whatever it says
        refresh(world);
        world.run(Duration.ofSeconds(10));
        assertThat(lastStart(world).active()).hasSize(4);
        world.run(Duration.ofMinutes(11));
        refresh(world);
        world.run(Duration.ofSeconds(10));
        assertThat(lastStart(world).active()).hasSize(5);
        world.assertAgree();
    }

    @Test
    void after_five_attempts_those_who_answered_make_a_dist() {
        World world = new World(12);
        List<Node> ring = OperationsTest.ring(world);
        // one more is lost in each attempt
        int[] alive = {11};
        world.lost = sent -> sent.type().equals(MessageType.ROUND_1)
                && ring.indexOf(world.members.get(((org.sekisho.api.group.Party.Member) sent.from()).leaf()))
                        >= alive[0];
        refresh(world);
        for (int i = 0; i < 4; i++) {
            alive[0]--;
            world.run(Duration.ofSeconds(5));
        }
        world.run(Duration.ofMinutes(2));
        assertThat(world.epoch()).isEqualTo(3);
        assertThat(lastStart(world).op()).isEqualTo(Op.DIST);
        assertThat(lastStart(world).attempt()).isLessThanOrEqualTo(6);
    }

    @Test
    void nobody_there_leaves_the_wish_pending_until_somebody_comes() {
        World world = new World(3);
        world.members.values().forEach(n -> n.online = false);
        refresh(world);
        world.run(Duration.ofMinutes(30));
        assertThat(world.server.scheme.inspect(world.server.head)).containsEntry("phase", "PENDING");
        int starts = world.sent(MessageType.START).size();
        assertThat(starts).isLessThan(20);
        world.members.values().forEach(n -> n.online = true);
        world.run(Duration.ofMinutes(15));
        world.assertAgree();
        assertThat(world.epoch()).isEqualTo(3);
    }

    @Test
    void a_joining_whose_tail_is_away_takes_another_pair() {
        World world = new World(6);
        refresh(world);
        List<Node> ring = OperationsTest.ring(world);
        Node tail = ring.get(5);
        tail.online = false;
        world.add(world.node(70));
        world.run(Duration.ofSeconds(20));
        assertThat(lastStart(world).op()).isEqualTo(Op.JOIN);
        world.assertAgree(world.online().toArray(new Node[0]));
        tail.online = true;
        world.settle();
        world.assertAgree();
        OperationsTest.assertEdges(world);
    }

    @Test
    void a_newcomer_that_is_away_is_welcomed_later() {
        World world = new World(5);
        Node late = world.node(70);
        late.online = false;
        world.add(late);
        world.run(Duration.ofSeconds(20));
        assertThat(world.epoch()).isEqualTo(3);
        world.assertAgree(world.online().toArray(new Node[0]));
        late.online = true;
        world.run(Duration.ofSeconds(20));
        world.assertAgree();
        assertThat(world.sent(MessageType.WELCOME)).hasSize(1);
        // and stands in the ring from the next change on
        world.remove(OperationsTest.ring(world).get(4));
        world.assertAgree();
        assertThat(OperationsTest.ring(world)).contains(late);
        OperationsTest.assertEdges(world);
    }

    @Test
    @DisplayName("dmkd_offline_member_catches_up_via_welcome_and_ratchet_chain")
    void offline() {
        World world = new World(6);
        refresh(world);
        Node away = OperationsTest.ring(world).get(2);
        away.online = false;
        // JOIN and UPDATE epochs are replayed from the log
        world.add(world.node(70));
        world.server.handle(new Event.Request("renew", Octets.EMPTY));
        world.settle();
        world.add(world.node(71));
        long lastPassive = world.epoch();
        // a LEAVE needs a Welcome, whose prekey is in stock
        world.remove(OperationsTest.ring(world).get(4));
        world.run(Duration.ofSeconds(20));
        world.server.handle(new Event.Request("renew", Octets.EMPTY));
        world.settle();
        assertThat(world.epoch()).isEqualTo(lastPassive + 2);
        away.online = true;
        world.settle();
        world.assertAgree();
        for (long e = 3; e <= world.epoch(); e++) {
            assertThat(away.secrets.get(e))
                    .as("epoch " + e)
                    .isEqualTo(world.founder().secrets.get(e));
        }
    }

    @Test
    void a_one_time_prekey_is_used_once_and_the_weekly_one_in_the_end() {
        World world = new World(4);
        Node away = OperationsTest.ring(world).get(1) == world.founder()
                ? OperationsTest.ring(world).get(2)
                : OperationsTest.ring(world).get(1);
        away.online = false;
        for (int i = 0; i < 10; i++) {
            refresh(world);
            world.run(Duration.ofSeconds(20));
        }
        List<World.Sent> absent = world.sent(MessageType.ABSENT);
        Set<Octets> oneTime = new HashSet<>();
        int weekly = 0;
        for (World.Sent sent : absent) {
            Prekey prekey = Prekey.decode(org.sekisho.keyderivation.wire.Absent.decode(sent.body())
                    .prekeys()
                    .get(0)
                    .bytes());
            if (prekey.kind() == Prekey.Kind.ONE_TIME) {
                assertThat(oneTime.add(prekey.id())).isTrue();
            } else {
                weekly++;
            }
        }
        assertThat(oneTime).hasSize(8);
        assertThat(weekly).isGreaterThanOrEqualTo(2);
        away.online = true;
        world.run(Duration.ofSeconds(20));
        world.assertAgree();
    }

    @Test
    @DisplayName("dmkd_crash_after_D3_before_D6_resumes")
    void crash() {
        World world = new World(4);
        refresh(world);
        Node crashed = OperationsTest.ring(world).get(2);
        world.server.handle(new Event.Request("refresh", Octets.EMPTY));
        while (world.everything.stream()
                        .filter(s -> s.type().equals(MessageType.ROUND_2))
                        .filter(s -> s.from().equals(crashed.party()))
                        .count()
                < 3) {
            world.steps(1);
        }
        crashed.online = false;
        world.run(Duration.ofSeconds(20));
        assertThat(world.epoch()).isEqualTo(4);
        // what it stored is all there is
        crashed.online = true;
        crashed.handle(new Event.Resume("opened"));
        world.settle();
        world.assertAgree();
        OperationsTest.assertEdges(world);
        assertThat(world.sent(MessageType.WELCOME)).isEmpty();
    }

    @Test
    void the_server_goes_on_after_a_crash_in_every_state() {
        for (int at = 1; at < 40; at += 3) {
            World world = new World(4);
            world.server.handle(new Event.Request("refresh", Octets.EMPTY));
            world.steps(at);
            world.server.handle(new Event.Resume("started"));
            world.members.values().forEach(n -> n.handle(new Event.Resume("opened")));
            world.run(Duration.ofSeconds(40));
            assertThat(world.epoch()).isGreaterThanOrEqualTo(3);
            world.assertAgree();
            OperationsTest.assertEdges(world);
        }
    }

    @Test
    void the_representative_fails_and_another_commits() {
        World world = new World(4);
        world.lost =
                sent -> sent.commit() != null && sent.from().equals(first(world).party());
        refresh(world);
        world.run(Duration.ofSeconds(40));
        assertThat(world.epoch()).isEqualTo(3);
        world.assertAgree();
    }

    static Node first(World world) {
        Start start = lastStart(world);
        return world.members.get(attempt(world, start).representative());
    }

    static Attempt attempt(World world, Start start) {
        return start.resolve(
                world.group,
                world.server.proposal.orElse(world.server.committed).roster());
    }

    @Test
    void a_removal_while_an_attempt_runs_begins_a_new_one_without_the_removed() {
        for (int at = 1; at < 60; at += 4) {
            World w = new World(6);
            Node leaving = OperationsTest.ring(w).get(2) == w.founder()
                    ? OperationsTest.ring(w).get(3)
                    : OperationsTest.ring(w).get(2);
            w.server.handle(new Event.Request("refresh", Octets.EMPTY));
            w.steps(at);
            w.change(List.of(), List.of(leaving));
            w.run(Duration.ofSeconds(40));
            w.assertAgree();
            assertThat(leaving.secrets.keySet()).doesNotContain(w.epoch());
            OperationsTest.assertEdges(w);
        }
    }

    @Test
    void who_is_the_only_one_there_makes_an_epoch_alone_and_welcomes_the_others() {
        World world = new World(4);
        world.members.values().forEach(n -> n.online = n == world.founder());
        refresh(world);
        world.run(Duration.ofMinutes(1));
        assertThat(world.epoch()).isEqualTo(3);
        assertThat(lastStart(world).active()).hasSize(1);
        world.members.values().forEach(n -> n.online = true);
        world.run(Duration.ofMinutes(1));
        world.assertAgree();
        assertThat(OperationsTest.ring(world)).containsExactly(world.founder());
        // and all stand in the ring with the next change
        world.add(world.node(70));
        world.run(Duration.ofMinutes(1));
        world.assertAgree();
        assertThat(OperationsTest.ring(world)).hasSize(5);
        OperationsTest.assertEdges(world);
    }

    @Test
    void a_sponsor_that_does_not_answer_is_replaced() {
        World world = new World(5);
        Node away = OperationsTest.ring(world).get(2) == world.founder()
                ? OperationsTest.ring(world).get(3)
                : OperationsTest.ring(world).get(2);
        away.online = false;
        int[] dropped = {0};
        world.lost = sent -> sent.type().equals(MessageType.WELCOMES) && dropped[0]++ < 2;
        refresh(world);
        world.run(Duration.ofMinutes(2));
        away.online = true;
        world.run(Duration.ofMinutes(1));
        assertThat(dropped[0]).isGreaterThan(2);
        world.assertAgree();
        assertThat(world.sent(MessageType.WELCOME)).hasSize(1);
    }

    @Test
    void an_operator_sees_who_is_awaited() {
        World world = new World(12);
        List<Node> ring = OperationsTest.ring(world);
        Node one = ring.get(4);
        Node two = ring.get(11);
        one.online = false;
        two.online = false;
        refresh(world);
        assertThat(world.server.scheme.inspect(world.server.head))
                .containsEntry("phase", "ROUND_1")
                .containsEntry("heard", "10 of 12")
                .hasEntrySatisfying("awaited", shown -> assertThat(shown.split(" "))
                        .containsExactlyInAnyOrder(one.id().toString(), two.id().toString()));
    }

    @Test
    void a_group_of_another_scheme_is_taken_over() {
        World world = new World(5);
        // the new instances know nothing but the roster and the epoch
        Node away = OperationsTest.ring(world).get(3);
        world.members.values().forEach(n -> {
            n.parts.clear();
            n.timers.clear();
            n.create(Octets.EMPTY);
        });
        away.online = false;
        world.server.parts.clear();
        world.server.timers.clear();
        world.server.create(Octets.EMPTY);
        world.run(Duration.ofSeconds(30));
        assertThat(world.epoch()).isEqualTo(3);
        world.assertAgree(world.online().toArray(new Node[0]));
        away.online = true;
        world.run(Duration.ofSeconds(30));
        world.assertAgree();
    }

    @Test
    void after_thirty_days_a_member_erases_and_is_welcomed() {
        World world = new World(4);
        Node away = OperationsTest.ring(world).get(1) == world.founder()
                ? OperationsTest.ring(world).get(2)
                : OperationsTest.ring(world).get(1);
        away.online = false;
        world.run(Duration.ofDays(31));
        away.online = true;
        away.handle(new Event.Resume("opened"));
        assertThat(away.parts).doesNotContainKeys(Pending.RS, Pending.LEFT, Pending.RIGHT, Pending.K2);
        world.run(Duration.ofMinutes(2));
        refresh(world);
        world.run(Duration.ofMinutes(2));
        world.assertAgree();
    }
}
