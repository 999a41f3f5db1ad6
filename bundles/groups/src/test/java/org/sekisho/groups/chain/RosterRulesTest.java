// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;

class RosterRulesTest {

    private final Actor admin = new Actor(1);
    private final Actor inviter = new Actor(2);
    private final Actor remover = new Actor(3);
    private final Actor plain = new Actor(4);
    private final Actor newcomer = new Actor(5);
    private final Policy policy = Founding.policy(admin, admin.idKey(), 1, History.FULL);
    private final SignedRoster committed = committed();

    private SignedRoster committed() {
        Genesis genesis = Founding.genesis(admin, policy);
        return admin.sign(Founding.after(
                genesis.roster(),
                admin.entry(1, Right.values()),
                inviter.entry(1, Right.INVITE),
                remover.entry(1, Right.REMOVE),
                plain.entry(1)));
    }

    private RosterEntry[] all(RosterEntry... more) {
        var entries = new java.util.ArrayList<>(committed.roster().entries());
        for (RosterEntry entry : more) {
            entries.removeIf(e -> e.leaf().equals(entry.leaf()));
            entries.add(entry);
        }
        return entries.toArray(RosterEntry[]::new);
    }

    private RosterEntry[] without(Actor gone) {
        return committed.roster().entries().stream()
                .filter(e -> !e.leaf().equals(gone.leaf))
                .toArray(RosterEntry[]::new);
    }

    private void check(SignedRoster next) {
        check(next, policy);
    }

    private void check(SignedRoster next, Policy inForce) {
        RosterRules.check(new RosterStep(committed, committed, next, inForce, inForce, 3));
    }

    private void refused(SignedRoster next, ErrorCode code) {
        assertThatThrownBy(() -> check(next)).isInstanceOfSatisfying(SekishoException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void an_inviter_adds_a_leaf_without_rights() {
        assertThatCode(() -> check(inviter.sign(Founding.after(committed, all(newcomer.entry(4))))))
                .doesNotThrowAnyException();
    }

    @Test
    void an_inviter_passes_its_right_on_only_if_the_policy_says_so() {
        SignedRoster next = inviter.sign(Founding.after(committed, all(newcomer.entry(4, Right.INVITE))));
        Policy passing = Founding.policy(admin, admin.idKey(), 1, History.FULL, true, 5);

        refused(next, ErrorCode.POLICY_VIOLATION);
        assertThatCode(() -> check(next, passing)).doesNotThrowAnyException();
    }

    @Test
    void an_inviter_never_makes_an_administrator() {
        refused(
                inviter.sign(Founding.after(committed, all(newcomer.entry(4, Right.ADMIN)))),
                ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void an_inviter_removes_nobody_else() {
        refused(inviter.sign(Founding.after(committed, without(plain))), ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void a_remover_removes_and_adds_nobody() {
        assertThatCode(() -> check(remover.sign(Founding.after(committed, without(plain)))))
                .doesNotThrowAnyException();
        refused(remover.sign(Founding.after(committed, all(newcomer.entry(4)))), ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void everybody_may_leave() {
        assertThatCode(() -> check(plain.sign(Founding.after(committed, without(plain)))))
                .doesNotThrowAnyException();
        refused(plain.sign(Founding.after(committed, without(inviter))), ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void a_mixed_step_and_a_change_of_rights_take_an_administrator() {
        RosterEntry promoted = plain.entry(1, Right.INVITE);

        refused(inviter.sign(Founding.after(committed, all(promoted))), ErrorCode.POLICY_VIOLATION);
        refused(remover.sign(Founding.after(committed, all(promoted))), ErrorCode.POLICY_VIOLATION);
        assertThatCode(() -> check(admin.sign(Founding.after(committed, all(promoted)))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_replaced_key_is_a_removal_and_an_addition() {
        var replaced =
                new RosterEntry(plain.leaf, newcomer.idKey(), plain.hpkeKey, java.util.Set.of(), 4, Optional.empty());

        refused(inviter.sign(Founding.after(committed, all(replaced))), ErrorCode.POLICY_VIOLATION);
        assertThatCode(() -> check(admin.sign(Founding.after(committed, all(replaced)))))
                .doesNotThrowAnyException();
    }

    @Test
    void the_step_must_follow_the_newest_roster() {
        Roster good = Founding.after(committed, all(newcomer.entry(4)));
        var seq = new Roster(good.group(), good.seq() + 1, good.previous(), good.entries(), good.policyHash());
        var previous = new Roster(
                good.group(), good.seq(), Optional.of(Hash.of(new byte[32])), good.entries(), good.policyHash());

        refused(admin.sign(seq), ErrorCode.ROSTER_CONFLICT);
        refused(admin.sign(previous), ErrorCode.ROSTER_CONFLICT);
    }

    @Test
    void the_signature_must_be_the_signers() {
        SignedRoster good = admin.sign(Founding.after(committed, all(newcomer.entry(4))));

        refused(
                new SignedRoster(good.roster(), good.encoded(), inviter.leaf, good.signature()),
                ErrorCode.BAD_SIGNATURE);
        refused(newcomer.sign(good.roster()), ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void limits_of_the_policy_hold() {
        RosterEntry sixth = new Actor(6).entry(4);

        refused(admin.sign(Founding.after(committed, all(newcomer.entry(4), sixth))), ErrorCode.POLICY_VIOLATION);
        refused(admin.sign(Founding.after(committed, without(admin))), ErrorCode.POLICY_VIOLATION);
        refused(admin.sign(Founding.after(committed, all(newcomer.entry(3)))), ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void a_signer_needs_its_right_in_the_committed_roster() {
        SignedRoster proposal = admin.sign(Founding.after(committed, all(newcomer.entry(4, Right.values()))));
        SignedRoster onTop = newcomer.sign(
                Founding.after(proposal, committed.roster().entries().toArray(RosterEntry[]::new)));

        assertThatThrownBy(() -> RosterRules.check(new RosterStep(committed, proposal, onTop, policy, policy, 3)))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_A_MEMBER));
    }

    @Test
    void a_demoted_administrator_cannot_sign_on_top_of_its_demotion() {
        Actor second = new Actor(7);
        SignedRoster two = admin.sign(Founding.after(committed, all(second.entry(4, Right.ADMIN))));
        RosterEntry[] entries = two.roster().entries().toArray(RosterEntry[]::new);
        for (int i = 0; i < entries.length; i++) {
            if (entries[i].leaf().equals(second.leaf)) {
                entries[i] = second.entry(4);
            }
        }
        SignedRoster demoted = admin.sign(Founding.after(two, entries));
        SignedRoster revenge =
                second.sign(Founding.after(demoted, two.roster().entries().toArray(RosterEntry[]::new)));

        assertThatThrownBy(() -> RosterRules.check(new RosterStep(two, demoted, revenge, policy, policy, 4)))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_VIOLATION));
    }

    @Test
    void a_leaf_removes_other_devices_of_its_member() {
        LeafId sibling = new LeafId(Octets.concat(plain.leaf.memberId(), Octets.of(new byte[16])));
        var entry =
                new RosterEntry(sibling, newcomer.idKey(), newcomer.hpkeKey, java.util.Set.of(), 1, Optional.empty());
        SignedRoster both = admin.sign(Founding.after(committed, all(entry)));
        SignedRoster next =
                plain.sign(Founding.after(both, committed.roster().entries().toArray(RosterEntry[]::new)));

        assertThatCode(() -> RosterRules.check(new RosterStep(both, both, next, policy, policy, 3)))
                .doesNotThrowAnyException();
    }

    @Test
    void nobody_goes_back_to_an_older_policy() {
        Policy inForce = Founding.policy(admin, admin.idKey(), 2, History.FULL);
        SignedRoster next = admin.sign(Founding.after(committed, without(plain)));

        assertThatThrownBy(() -> RosterRules.check(new RosterStep(committed, committed, next, inForce, policy, 3)))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_VIOLATION));
    }
}
