// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Receipt;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groups.chain.Actor;
import org.sekisho.groups.chain.Founding;
import org.sekisho.groups.chain.GroupHashes;

class GatewayHostTest {

    private final GatewayWorld world = new GatewayWorld();

    static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SekishoException.class, e -> assertThat(e.code())
                .as(e.getMessage())
                .isEqualTo(code));
    }

    @Test
    void a_group_is_founded_once() {
        world.founded();
        GroupView again =
                world.host.create(GatewayWorld.caller(world.alice), GenesisCodec.encode(world.genesis(History.FULL)));

        assertThat(again.members()).containsExactly(world.alice.leaf);
        assertThat(again.state()).isEqualTo(GroupView.State.ACTIVE);
        assertThat(again.blind()).isTrue();
        assertThat(world.audited).containsExactly("group.create");
    }

    @Test
    void only_the_founder_founds_and_only_for_this_server() {
        Octets genesis = GenesisCodec.encode(world.genesis(History.FULL));
        refused(ErrorCode.FORBIDDEN, () -> world.host.create(GatewayWorld.caller(world.bob), genesis));

        var foreign = world.genesis(Founding.policy(world.alice, world.bob.idKey(), 1, History.FULL));
        refused(
                ErrorCode.POLICY_VIOLATION,
                () -> world.host.create(GatewayWorld.caller(world.alice), GenesisCodec.encode(foreign)));

        world.directory.remove(world.alice.leaf);
        refused(ErrorCode.POLICY_VIOLATION, () -> world.host.create(GatewayWorld.caller(world.alice), genesis));
    }

    // Alice --> everyone: notify; server --> everyone: rn2; Bob --> everyone: commit
    @Test
    void a_roster_becomes_an_epoch() {
        world.three();

        assertThat(world.chain().committed().roster().entries()).hasSize(3);
        assertThat(world.chain().proposal()).isEmpty();
        assertThat(world.told()).isEqualTo("open,epoch 1,notify,adopted,epoch 2");
        assertThat(world.types(world.alice))
                .containsExactly("toy/open", "host/commit", "toy/notify", "toy/rn2", "host/commit");
        assertThat(world.host
                        .epochs(GatewayWorld.caller(world.bob), world.group, 0, 10)
                        .items())
                .hasSize(2);
        assertThat(world.audited).contains("roster.adopt", "epoch.commit");
    }

    @Test
    void a_newcomer_reads_from_its_proposal_on_with_its_own_slice_only() {
        world.three();

        List<LogEntry> seen = world.read(world.bob);

        assertThat(world.types(world.bob)).containsExactly("toy/notify", "toy/rn2", "host/commit");
        assertThat(seen.get(1).slice()).contains(Octets.utf8("for " + world.bob.leaf));
    }

    @Test
    void the_removed_reads_up_to_the_commit_that_removes_it() {
        world.three();
        world.post(world.bob, "before");
        world.propose(world.alice, world.alice.entry(1, Right.values()), world.carol.entry(2, Right.INVITE));
        world.post(world.alice, "pending");
        world.commit(world.carol);
        world.post(world.alice, "after");

        assertThat(world.types(world.bob)).endsWith("message", "toy/notify", "toy/rn2", "message", "host/commit");
        assertThat(world.types(world.carol)).endsWith("host/commit", "message");
        long last = world.read(world.bob).get(world.read(world.bob).size() - 1).n();
        refused(ErrorCode.NOT_A_MEMBER, () -> world.host.read(GatewayWorld.caller(world.bob), world.group, last, 10));
        refused(ErrorCode.NOT_A_MEMBER, () -> world.note(world.bob, "late"));
        refused(ErrorCode.NOT_A_MEMBER, () -> world.post(world.bob, "late"));
        refused(ErrorCode.NOT_A_MEMBER, () -> world.host.group(GatewayWorld.caller(world.bob), world.group));
    }

    @Test
    void what_is_for_one_leaf_only_that_leaf_sees() {
        world.three();
        world.submit(world.bob, "toy/secret", Octets.utf8("x"));

        assertThat(world.types(world.bob)).endsWith("toy/secret", "toy/answer");
        assertThat(world.types(world.carol)).endsWith("toy/secret");
    }

    @Test
    void the_second_roster_of_a_number_loses() {
        world.three();
        SignedRoster base = world.link();
        Actor dave = new Actor(4);
        world.enrol(dave);
        SignedRoster first = world.carol.sign(Founding.after(
                base,
                world.alice.entry(1, Right.values()),
                world.bob.entry(2),
                world.carol.entry(2, Right.INVITE),
                dave.entry(3)));
        SignedRoster second =
                world.alice.sign(Founding.after(base, world.alice.entry(1, Right.values()), world.bob.entry(2)));
        world.submit(world.carol, "toy/notify", RosterCodec.encode(first));

        refused(ErrorCode.ROSTER_CONFLICT, () -> world.submit(world.alice, "toy/notify", RosterCodec.encode(second)));
        assertThat(world.link()).isEqualTo(first);
    }

    @Test
    void a_roster_on_top_of_a_proposal_closes_the_open_epoch() {
        world.three();
        world.propose(world.alice, world.alice.entry(1, Right.values()), world.carol.entry(2, Right.INVITE));
        EpochHeader overtaken = world.header();
        world.propose(world.alice, world.alice.entry(1, Right.values()));

        refused(ErrorCode.EPOCH_CONFLICT, () -> world.commit(world.alice, overtaken));
        world.commit(world.alice);
        assertThat(world.chain().committed().roster().entries()).hasSize(1);
        assertThat(world.types(world.bob)).endsWith("host/commit");
    }

    @Test
    void who_is_not_in_the_directory_is_not_added() {
        world.three();
        Actor stranger = new Actor(9);

        refused(
                ErrorCode.POLICY_VIOLATION,
                () -> world.propose(
                        world.alice,
                        world.alice.entry(1, Right.values()),
                        world.bob.entry(2),
                        world.carol.entry(2, Right.INVITE),
                        stranger.entry(3)));
    }

    @Test
    void the_first_commit_wins_and_repeating_it_changes_nothing() {
        world.three();
        world.submit(world.alice, "toy/open", Octets.EMPTY);
        EpochHeader header = world.header();
        world.commit(world.carol, header);
        long head = world.host.group(GatewayWorld.OPERATOR, world.group).head();

        assertThat(world.commit(world.bob, header).state()).isEqualTo(Receipt.State.REPEATED);
        Octets other = EpochCodec.encode(world.bob.commit(header, Octets.of(new byte[] {
            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        })));
        refused(ErrorCode.EPOCH_CONFLICT, () -> world.submit(world.bob, "host/commit", other));
        assertThat(world.host.group(GatewayWorld.OPERATOR, world.group).head()).isEqualTo(head);
    }

    @Test
    void a_commit_of_what_was_not_opened_is_refused() {
        world.three();

        refused(ErrorCode.EPOCH_CONFLICT, () -> world.commit(world.alice));
    }

    @Test
    void a_commit_is_sent_by_its_sponsor() {
        world.three();
        world.submit(world.alice, "toy/open", Octets.EMPTY);
        Octets commit = EpochCodec.encode(world.bob.commit(world.header(), Octets.of(new byte[32])));

        refused(ErrorCode.FORBIDDEN, () -> world.submit(world.carol, "host/commit", commit));
    }

    @Test
    void a_message_is_taken_once() {
        world.three();
        Octets sealed = world.sealed(world.bob, "hello");
        Receipt first = world.host.post(GatewayWorld.caller(world.bob), world.group, sealed);

        Receipt second = world.host.post(GatewayWorld.caller(world.bob), world.group, sealed);

        assertThat(first.state()).isEqualTo(Receipt.State.DONE);
        assertThat(second).isEqualTo(new Receipt(first.n(), Receipt.State.REPEATED));
    }

    @Test
    void nobody_posts_as_another_or_from_outside() {
        world.three();
        Octets sealed = world.sealed(world.bob, "hello");

        refused(ErrorCode.FORBIDDEN, () -> world.host.post(GatewayWorld.caller(world.carol), world.group, sealed));
        Actor dave = new Actor(4);
        refused(
                ErrorCode.NOT_A_MEMBER,
                () -> world.host.post(GatewayWorld.caller(dave), world.group, world.sealed(dave, "hello")));
        refused(
                ErrorCode.MALFORMED,
                () -> world.host.post(GatewayWorld.caller(world.bob), world.group, Octets.utf8("nonsense")));
        refused(ErrorCode.LIMIT_EXCEEDED, () -> world.post(world.bob, "x".repeat(5000)));
    }

    @Test
    void the_epoch_before_has_a_minute_of_grace_unless_somebody_left() {
        world.three();
        Octets old = world.sealed(world.bob, "written before");
        Octets older = world.sealed(world.bob, "written before, too");
        world.submit(world.alice, "toy/open", Octets.EMPTY);
        world.commit(world.alice);

        assertThat(world.host
                        .post(GatewayWorld.caller(world.bob), world.group, old)
                        .state())
                .isEqualTo(Receipt.State.DONE);
        world.lived.addAndGet(60_001);
        refused(ErrorCode.STALE_EPOCH, () -> world.host.post(GatewayWorld.caller(world.bob), world.group, older));
    }

    @Test
    void late_writer_across_removal_refused() {
        world.three();
        Octets old = world.sealed(world.bob, "written before");
        world.propose(world.alice, world.alice.entry(1, Right.values()), world.bob.entry(2));
        world.commit(world.alice);

        refused(ErrorCode.STALE_EPOCH, () -> world.host.post(GatewayWorld.caller(world.bob), world.group, old));
    }

    @Test
    void an_epoch_of_another_branch_is_stale() {
        world.three();
        Octets forked = world.sealed(world.bob, 2, org.sekisho.api.Hash.of(new byte[32]), "hello");

        refused(ErrorCode.STALE_EPOCH, () -> world.host.post(GatewayWorld.caller(world.bob), world.group, forked));
    }

    @Test
    void a_removal_that_does_not_come_about_stops_sending() {
        world.three();
        world.propose(world.alice, world.alice.entry(1, Right.values()), world.bob.entry(2));
        world.lived.addAndGet(5 * 60_000 + 1);

        refused(ErrorCode.SEND_BLOCKED, () -> world.post(world.bob, "hello"));
        assertThat(world.host.group(GatewayWorld.OPERATOR, world.group).state())
                .isEqualTo(GroupView.State.SEND_BLOCKED);
        world.commit(world.alice);
        world.post(world.bob, "hello");
    }

    @Test
    void watchers_hear_of_what_was_committed() {
        world.three();
        var news = new AtomicInteger();
        var registration = world.host.watch(GatewayWorld.caller(world.bob), world.group, news::incrementAndGet);
        world.post(world.alice, "one");
        registration.close();
        world.post(world.alice, "two");

        assertThat(news).hasValue(1);
    }

    @Test
    void lists_show_members_their_groups_and_operators_all() {
        world.three();
        Actor dave = new Actor(4);

        assertThat(world.host
                        .groups(GatewayWorld.caller(world.bob), Optional.empty(), 10)
                        .items())
                .hasSize(1);
        assertThat(world.host
                        .groups(GatewayWorld.caller(dave), Optional.empty(), 10)
                        .items())
                .isEmpty();
        assertThat(world.host
                        .groups(GatewayWorld.OPERATOR, Optional.empty(), 10)
                        .items())
                .hasSize(1);
        assertThat(world.host.schemes(GatewayWorld.OPERATOR).get(0).groups()).isEqualTo(1);
    }

    @Test
    void a_complaint_raises_the_alarm() {
        world.three();
        world.submit(world.bob, "host/complaint", Octets.utf8("the tag is wrong"));

        assertThat(world.host.group(GatewayWorld.OPERATOR, world.group).stateReason())
                .contains("host/complaint");
        assertThat(world.audited).contains("evidence");
    }

    @Test
    void a_policy_of_another_group_counts_for_nothing() {
        Policy lax = Founding.policy(world.alice, world.server.idKey(), 7, History.FROM_JOIN);
        var other = world.genesis(lax);
        world.host.create(GatewayWorld.caller(world.alice), GenesisCodec.encode(other));
        world.three();
        Roster next = Founding.after(world.link(), world.alice.entry(1, Right.values()), world.bob.entry(2));
        var naming =
                new Roster(next.group(), next.seq(), next.previous(), next.entries(), GroupHashes.of(other.policy()));

        refused(
                ErrorCode.POLICY_VIOLATION,
                () -> world.submit(world.alice, "toy/notify", RosterCodec.encode(world.alice.sign(naming))));
    }

    @Test
    void the_owner_can_change_the_policy() {
        world.three();
        var second =
                Founding.sign(world.alice, Founding.policy(world.alice, world.server.idKey(), 2, History.FROM_JOIN));
        Octets body = org.sekisho.codec.group.PolicyCodec.encode(second);

        refused(ErrorCode.FORBIDDEN, () -> world.submit(world.bob, "host/policy", body));
        world.submit(world.alice, "host/policy", body);
        refused(ErrorCode.POLICY_VIOLATION, () -> world.submit(world.alice, "host/policy", body));
        assertThat(world.chain().policies()).hasSize(2);
    }
}
