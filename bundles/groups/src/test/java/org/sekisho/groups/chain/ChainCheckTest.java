// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.RosterCodec;

class ChainCheckTest {

    private static final Octets TAG = Octets.of(new byte[32]);

    private final Actor alice = new Actor(1);
    private final Actor bob = new Actor(2);
    private final Actor carol = new Actor(3);
    private final Genesis genesis =
            Founding.genesis(alice, Founding.policy(alice, alice.idKey(), 1, History.FROM_JOIN));
    private final GroupId group = GroupHashes.groupId(genesis);
    private final List<SignedPolicy> policies = new ArrayList<>(List.of(genesis.policy()));
    private final List<SignedRoster> rosters = new ArrayList<>(List.of(genesis.roster()));
    private final List<SignedCommit> commits = new ArrayList<>();
    private Optional<EpochView> epoch = Optional.empty();

    private SignedRoster last() {
        return rosters.get(rosters.size() - 1);
    }

    private void commit(Actor sponsor, long cohort) {
        EpochHeader header = Founding.header(epoch, last(), cohort);
        SignedCommit commit = sponsor.commit(header, TAG);
        commits.add(commit);
        epoch = Optional.of(new EpochView(header, GroupHashes.of(commit.commit())));
    }

    private void history() {
        commit(alice, 0);
        rosters.add(alice.sign(Founding.after(last(), alice.entry(1, Right.values()), bob.entry(2))));
        rosters.add(alice.sign(Founding.after(last(), alice.entry(1, Right.values()), bob.entry(2), carol.entry(2))));
        commit(bob, 1);
        commit(carol, 1);
        rosters.add(bob.sign(Founding.after(last(), alice.entry(1, Right.values()), carol.entry(2))));
    }

    private GroupChain chain() {
        return new GroupChain(
                genesis.nonce(),
                policies.stream().map(PolicyCodec::encode).toList(),
                rosters.stream().map(RosterCodec::encode).toList(),
                commits.stream().map(EpochCodec::encode).toList());
    }

    private void refused(ErrorCode code) {
        assertThatThrownBy(() -> ChainCheck.verify(group, chain()))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void a_whole_history_verifies() {
        history();

        VerifiedChain verified = ChainCheck.verify(group, chain());

        assertThat(verified.epoch()).isEqualTo(epoch);
        assertThat(verified.committed()).isEqualTo(rosters.get(2));
        assertThat(verified.proposal()).contains(last());
    }

    @Test
    void joiner_refuses_foreign_genesis() {
        Genesis other = Founding.genesis(bob, Founding.policy(bob, bob.idKey(), 1, History.FROM_JOIN));

        assertThatThrownBy(() -> GenesisCheck.check(group, other)).isInstanceOf(SekishoException.class);
        assertThatThrownBy(() ->
                        GenesisCheck.check(new Genesis(Octets.of(new byte[16]), genesis.policy(), genesis.roster())))
                .isInstanceOf(SekishoException.class);
    }

    @Test
    void the_server_cannot_insert_a_member() {
        history();
        Roster ghost = Founding.after(rosters.get(0), alice.entry(1, Right.values()), carol.entry(2));
        rosters.set(1, carol.sign(ghost));

        refused(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void a_cut_chain_is_refused() {
        history();
        rosters.remove(1);

        refused(ErrorCode.ROSTER_CONFLICT);
    }

    @Test
    void a_commit_left_out_is_refused() {
        history();
        commits.remove(1);

        assertThatThrownBy(() -> ChainCheck.verify(group, chain())).isInstanceOf(SekishoException.class);
    }

    @Test
    void a_sponsor_must_be_in_the_roster_and_sign() {
        commit(bob, 0);

        refused(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void a_wrong_cohort_is_refused() {
        commit(alice, 1);

        refused(ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void cohorts_grow_with_removals_and_under_from_join_with_additions() {
        SignedRoster two = alice.sign(Founding.after(last(), alice.entry(1, Right.values()), bob.entry(1)));

        assertThat(EpochCheck.cohort(epoch, last().roster(), two.roster(), History.FULL))
                .isEqualTo(0);
        assertThat(EpochCheck.cohort(epoch, last().roster(), two.roster(), History.FROM_JOIN))
                .isEqualTo(1);
        assertThat(EpochCheck.cohort(epoch, two.roster(), last().roster(), History.FULL))
                .isEqualTo(1);
    }

    @Test
    void an_epoch_hash_holds_neither_sponsor_nor_signature() {
        history();
        EpochHeader header = commits.get(1).commit().header();

        assertThat(GroupHashes.of(alice.commit(header, TAG).commit()))
                .isEqualTo(GroupHashes.of(bob.commit(header, TAG).commit()));
    }

    @Test
    void a_policy_changes_only_forward_and_only_by_its_owner() {
        var second = Founding.policy(alice, alice.idKey(), 2, History.FULL);
        PolicyCheck.checkStep(genesis.policy().policy(), Founding.sign(alice, second));

        assertThatThrownBy(() -> PolicyCheck.checkStep(second, genesis.policy()))
                .isInstanceOf(SekishoException.class);
        assertThatThrownBy(() -> PolicyCheck.checkStep(genesis.policy().policy(), Founding.sign(bob, second)))
                .isInstanceOf(SekishoException.class);
        assertThatThrownBy(() -> PolicyCheck.checkStep(
                        genesis.policy().policy(),
                        Founding.sign(bob, Founding.policy(bob, bob.idKey(), 2, History.FULL))))
                .isInstanceOf(SekishoException.class);
    }

    @Test
    void a_roster_naming_an_unknown_policy_is_refused() {
        Roster r = Founding.after(last(), alice.entry(1, Right.values()));
        rosters.add(alice.sign(new Roster(r.group(), r.seq(), r.previous(), r.entries(), Hash.of(new byte[32]))));

        refused(ErrorCode.POLICY_VIOLATION);
    }
}
