// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.group.History;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.testkit.scheme.Node;

/** Founding, joining, renewing, leaving, message by message. */
class MembershipLadderTest {

    @Test
    void founder_alone_has_epoch_one() {
        World world = new World();
        // Server --> Everyone: RN2 {epoch 1}
        assertThat(world.outbox).extracting(World.Sent::type).containsExactly(MessageType.RN2);
        // Founder --> Everyone: COMMIT {epoch 1}
        world.settle();
        assertThat(world.log).extracting(World.Sent::type).containsExactly(MessageType.RN2, "host/commit");
        assertThat(world.founder().secrets).containsOnlyKeys(1L);
        assertThat(world.server.scheme.inspect(world.server.head))
                .containsEntry("phase", "IDLE")
                .containsEntry("rn1Generation", "1")
                .containsEntry("rn2Generation", "1");
    }

    @Test
    void invited_leaf_joins_with_the_next_epoch() {
        World world = new World().settle();
        Node owner = world.founder();
        // Owner --> Invitee: INVITE; Invitee --> Owner: ACCEPT
        Node invitee = world.invite(owner, 1, false);
        world.settle();
        // Owner --> Everyone: NOTIFY; Owner --> Invitee: RN1; Server --> Everyone: RN2; Owner --> Everyone: COMMIT
        assertThat(world.everything.stream().map(World.Sent::type).skip(1).toList())
                .containsExactly(
                        org.sekisho.membership.wire.MessageType.INVITE,
                        org.sekisho.membership.wire.MessageType.ACCEPT,
                        org.sekisho.membership.wire.MessageType.NOTIFY,
                        MessageType.RN2,
                        MessageType.RN1);
        World.assertAgree(owner, invitee);
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(2);
        assertThat(owner.epoch.orElseThrow().header().cohort()).isEqualTo(1);
        assertThat(invitee.secrets).containsOnlyKeys(2L);
    }

    @Test
    void rn2_is_renewed_after_its_interval_and_on_request() {
        World world = new World().settle();
        Node owner = world.founder();
        Node member = world.join(owner, 1);
        world.run(Duration.ofHours(1).plusSeconds(1));
        World.assertAgree(owner, member);
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(3);
        world.run(Duration.ofSeconds(5));
        // Member --> Server: RENEW
        assertThat(World.request(member, "renew")).isEmpty();
        world.settle();
        World.assertAgree(owner, member);
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(4);
        assertThat(owner.secrets.get(4L)).isNotEqualTo(owner.secrets.get(3L));
    }

    @Test
    void removal_rotates_rn1_and_tells_the_removed_leaf() {
        World world = new World().settle();
        Node owner = world.founder();
        Node stays = world.join(owner, 1);
        Node goes = world.join(owner, 2);
        long before = owner.epoch.orElseThrow().header().epoch();
        // Owner --> Everyone: NOTIFY {rotation}; Owner --> Goes: WITHDRAW; Server --> Everyone: RN2
        world.remove(owner, goes);
        World.assertAgree(owner, stays);
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(before + 1);
        assertThat(goes.secrets).doesNotContainKey(before + 1);
        assertThat(goes.parts).isEmpty();
        assertThat(goes.notices).extracting(n -> n.name()).contains("removed");
        assertThat(world.everything)
                .extracting(World.Sent::type)
                .contains(org.sekisho.membership.wire.MessageType.WITHDRAW);
    }

    @Test
    void withdrawal_of_oneself_waits_for_a_rotation_by_one_who_stays() {
        World world = new World().settle();
        Node owner = world.founder();
        Node stays = world.join(owner, 1);
        Node leaves = world.join(owner, 2);
        long before = owner.epoch.orElseThrow().header().epoch();
        // Leaves --> Everyone: NOTIFY {no rotation}
        assertThat(World.request(leaves, "leave")).isEmpty();
        world.settle();
        assertThat(world.server.scheme.inspect(world.server.head)).containsEntry("phase", "AWAIT_ROTATION");
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(before);
        // first who stays --> Everyone: ROTATE; Server --> Everyone: RN2
        world.run(Duration.ofSeconds(2));
        World.assertAgree(owner, stays);
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(before + 1);
        assertThat(leaves.parts).isEmpty();
    }

    @Test
    void withdrawal_is_covered_when_the_first_who_stay_are_away() {
        World world = new World().settle();
        Node owner = world.founder();
        Node second = world.join(owner, 1);
        Node leaves = world.join(owner, 2);
        owner.online = false;
        World.request(leaves, "leave");
        world.run(Duration.ofSeconds(30));
        owner.online = true;
        world.settle();
        World.assertAgree(second, owner);
    }

    @Test
    void rn1_is_rotated_when_it_is_old() {
        World world = new World(World.policy(false, History.FULL, true)).settle();
        Node owner = world.founder();
        Node member = world.join(owner, 1);
        world.run(Duration.ofDays(30).plusSeconds(10));
        assertThat(world.everything).extracting(World.Sent::type).contains(MessageType.ROTATE);
        assertThat(world.everything.stream().filter(s -> s.type().equals(MessageType.ROTATE)))
                .hasSize(1);
        World.assertAgree(owner, member);
    }

    @Test
    void sponsor_that_is_away_is_replaced() {
        World world = new World().settle();
        Node owner = world.founder();
        Node second = world.join(owner, 1);
        world.run(Duration.ofSeconds(5));
        owner.online = false;
        World.request(second, "renew");
        world.run(Duration.ofSeconds(20));
        assertThat(second.epoch.orElseThrow().header().epoch()).isEqualTo(3);
        owner.online = true;
        world.settle();
        World.assertAgree(owner, second);
    }

    @Test
    void two_inviters_at_once_both_succeed() {
        World world = new World().settle();
        Node owner = world.founder();
        Node other = world.invite(owner, 1, true);
        world.settle();
        // both build on the same roster; the loser is refused with ROSTER_CONFLICT and builds on top
        assertThat(World.request(owner, "invite", world.node(2).id(), false, 3600))
                .isEmpty();
        assertThat(World.request(other, "invite", world.node(3).id(), false, 3600))
                .isEmpty();
        world.settle();
        Node a = world.accept(world.node(2), owner, world.invitations.remove(0));
        Node b = world.accept(world.node(3), other, world.invitations.remove(0));
        world.run(Duration.ofSeconds(60));
        World.assertAgree(owner, other, a, b);
        assertThat(owner.committed.roster().entries()).hasSize(4);
    }

    @Test
    void newcomer_whose_rn1_is_late_catches_up_over_several_epochs() {
        World world = new World().settle();
        Node owner = world.founder();
        Node late = world.invite(owner, 1, false);
        world.settle();
        Node later = world.invite(owner, 2, false);
        later.online = false;
        world.settle();
        world.run(Duration.ofSeconds(5));
        World.request(owner, "renew");
        world.settle();
        Node third = world.join(owner, 3);
        world.remove(owner, third);
        later.online = true;
        world.settle();
        World.assertAgree(owner, late, later);
    }

    @Test
    void newcomer_that_reads_the_log_before_its_mail_follows() {
        World world = new World().settle();
        Node owner = world.founder();
        world.holdRn1 = true;
        Node late = world.join(owner, 1);
        assertThat(late.secrets).isEmpty();
        world.run(Duration.ofHours(2));
        world.holdRn1 = false;
        world.settle();
        World.assertAgree(owner, late);
    }

    @Test
    void one_to_64_members_agree() {
        World world = new World().settle();
        Node owner = world.founder();
        List<Node> all = new ArrayList<>(List.of(owner));
        for (int i = 1; i < 64; i++) {
            all.add(world.join(owner, i));
            World.assertAgree(all.toArray(Node[]::new));
        }
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(64);
    }

    @Test
    void newcomers_that_accept_together_join_in_one_epoch() {
        World world = new World().settle();
        Node owner = world.founder();
        for (int i = 1; i <= 10; i++) {
            World.request(owner, "invite", world.node(i).id(), false, 3600);
        }
        world.settle();
        for (int i = 1; i <= 10; i++) {
            world.accept(world.node(i), owner, world.invitations.remove(0));
        }
        world.settle();
        World.assertAgree(world.members.values().toArray(Node[]::new));
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(3);
    }

    @Test
    void a_leaf_without_the_right_cannot_invite_or_remove() {
        World world = new World().settle();
        Node owner = world.founder();
        Node plain = world.join(owner, 1);
        assertThat(World.code(World.request(plain, "invite", world.node(2).id(), false, 60)))
                .isEqualTo(ErrorCode.POLICY_VIOLATION);
        assertThat(World.code(World.request(plain, "remove", owner.id()))).isEqualTo(ErrorCode.POLICY_VIOLATION);
        assertThat(World.code(World.request(plain, "rotate"))).isEqualTo(ErrorCode.POLICY_VIOLATION);
        assertThat(World.code(World.request(owner, "leave"))).isEqualTo(ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void unanswered_invitation_is_dropped_at_its_expiry() {
        World world = new World().settle();
        Node owner = world.founder();
        World.request(owner, "invite", world.node(1).id(), false, 60);
        assertThat(owner.parts.keySet()).anyMatch(k -> k.startsWith("member/inv/"));
        world.run(Duration.ofSeconds(62));
        assertThat(owner.parts.keySet()).noneMatch(k -> k.startsWith("member/inv/"));
    }
}
