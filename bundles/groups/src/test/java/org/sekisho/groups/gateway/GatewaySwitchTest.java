// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.ReinitCancel;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.groups.SwitchView;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.chain.Actor;
import org.sekisho.groups.chain.Founding;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.SwitchCheck;

/** Scheme switches at the gateway, without members that understand them (docs/protocols/0105 sections 3 and 4). */
class GatewaySwitchTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L);

    private final GatewayWorld world = new GatewayWorld();
    private final ToyScheme tin = new ToyScheme("tin");

    @BeforeEach
    void three() {
        world.schemes.add(tin);
        found(movable(1, true));
    }

    private Policy movable(long version, boolean blindRequired) {
        Policy p = Founding.policy(world.alice, world.server.idKey(), version, org.sekisho.api.group.History.FULL);
        return new Policy(
                p.title(),
                p.ownerKey(),
                p.serverKey(),
                p.version(),
                p.schemeId(),
                List.of("toy", "tin"),
                blindRequired,
                p.admission(),
                p.passOnInvite(),
                p.deferRotation(),
                p.rn1Interval(),
                p.rn2Interval(),
                p.maxStale(),
                p.history(),
                p.maxMembers(),
                p.maxMessage());
    }

    private void found(Policy policy) {
        var genesis = world.genesis(policy);
        world.group = GroupHashes.groupId(genesis);
        world.host.create(GatewayWorld.caller(world.alice), org.sekisho.codec.group.GenesisCodec.encode(genesis));
        world.submit(world.alice, "toy/open", Octets.EMPTY);
        world.commit(world.alice);
        world.propose(world.alice, world.alice.entry(1, Right.values()), world.bob.entry(2), world.carol.entry(2));
        world.commit(world.bob);
    }

    private Reinit reinit() {
        EpochView epoch = world.chain().epoch().orElseThrow();
        return new Reinit(
                world.group,
                Octets.of(new byte[16]),
                epoch.header().epoch(),
                epoch.epochHash(),
                "toy",
                "tin",
                1,
                Sha256.hash(Octets.EMPTY),
                GroupHashes.of(world.link()),
                world.link().roster().policyHash(),
                SwitchCheck.sameLeaves(world.chain().committed(), world.link()),
                NOW.plusSeconds(1600));
    }

    private static SignedReinit sign(Actor admin, Reinit reinit, Octets params) {
        Octets encoded = ReinitCodec.encode(reinit);
        return new SignedReinit(reinit, encoded, admin.leaf, admin.key.sign("reinit", encoded), params);
    }

    private Receipt order(Actor admin, Reinit reinit) {
        return order(admin, sign(admin, reinit, Octets.EMPTY));
    }

    private Receipt order(Actor from, SignedReinit signed) {
        return world.submit(from, "host/reinit", ReinitCodec.encode(signed));
    }

    private Receipt cancel(Actor admin, Reinit reinit) {
        Hash hash = Sha256.hash(ReinitCodec.encode(reinit));
        return world.submit(admin, "host/reinit-cancel", ReinitCodec.encode(new ReinitCancel(world.group, hash)));
    }

    private GroupView view() {
        return world.host.group(GatewayWorld.OPERATOR, world.group);
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SekishoException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private EpochHeader tinHeader() {
        EpochHeader toy = world.header();
        return new EpochHeader(
                toy.group(),
                toy.epoch(),
                "tin",
                toy.previous(),
                toy.rosterHash(),
                toy.policyHash(),
                toy.rosterHash(),
                toy.cohort());
    }

    @Test
    void the_commit_of_the_new_schemes_epoch_is_the_switch() {
        order(world.alice, reinit());
        assertThat(view().schemeId()).isEqualTo("toy");
        assertThat(view().pendingSwitch().map(SwitchView::to)).contains("tin");
        world.post(world.bob, "in the old epoch");
        world.submit(world.bob, "tin/open", Octets.EMPTY);
        world.commit(world.carol, tinHeader());
        assertThat(view().schemeId()).isEqualTo("tin");
        assertThat(view().epoch()).isEqualTo(3);
        assertThat(view().pendingSwitch()).isEmpty();
        assertThat(world.chain().reinits()).hasSize(1);
        assertThat(world.audited).contains("scheme.switch-begin", "scheme.switch");
        world.submit(world.bob, "tin/open", Octets.EMPTY);
        world.commit(world.alice, tinHeader());
        assertThat(view().epoch()).isEqualTo(4);
        assertThat(world.rows.<Long>read(world.group.value(), tx -> tx.count(Table.PART, Octets.ofLong(1))))
                .isZero();
    }

    @Test
    void the_old_schemes_header_is_held_and_opens_again() {
        world.submit(world.bob, "toy/open", Octets.EMPTY);
        EpochHeader old = world.header();
        Reinit reinit = reinit();
        order(world.alice, reinit);
        refuses(ErrorCode.EPOCH_CONFLICT, () -> world.commit(world.bob, old));
        world.submit(world.bob, "toy/open", Octets.EMPTY);
        refuses(ErrorCode.EPOCH_CONFLICT, () -> world.commit(world.bob, old));
        cancel(world.alice, reinit);
        world.commit(world.bob, old);
        assertThat(view().epoch()).isEqualTo(3);
        assertThat(view().schemeId()).isEqualTo("toy");
        refuses(ErrorCode.EPOCH_CONFLICT, () -> order(world.alice, reinit));
    }

    @Test
    void an_order_is_used_once() {
        Reinit reinit = reinit();
        order(world.alice, reinit);
        refuses(ErrorCode.SWITCH_PENDING, () -> order(world.alice, reinit));
        cancel(world.alice, reinit);
        refuses(ErrorCode.REPLAYED, () -> order(world.alice, reinit));
        refuses(ErrorCode.EPOCH_CONFLICT, () -> cancel(world.alice, reinit));
    }

    @Test
    void a_failed_switch_blocks_old_commits_until_it_is_cancelled_or_over() {
        Reinit reinit = reinit();
        order(world.alice, reinit);
        world.submit(world.bob, "tin/fail", Octets.EMPTY);
        assertThat(view().pendingSwitch().map(SwitchView::state)).contains(SwitchView.State.GIVEN_UP);
        assertThat(world.types(world.carol)).contains("host/reinit-ended");
        world.submit(world.bob, "toy/open", Octets.EMPTY);
        refuses(ErrorCode.EPOCH_CONFLICT, () -> world.commit(world.bob));
        refuses(ErrorCode.SWITCH_PENDING, () -> order(world.alice, reinit));
        world.lived.addAndGet(601_000);
        world.host.tick();
        assertThat(view().pendingSwitch()).isEmpty();
        world.commit(world.bob);
        assertThat(view().epoch()).isEqualTo(3);
    }

    @Test
    void a_switch_survives_a_restart_and_ends_with_its_time() {
        order(world.alice, reinit());
        world.restart();
        world.submit(world.bob, "tin/open", Octets.EMPTY);
        EpochHeader late = tinHeader();
        world.lived.addAndGet(601_000);
        refuses(ErrorCode.EPOCH_CONFLICT, () -> world.commit(world.carol, late));
        world.restart();
        world.host.tick();
        assertThat(view().pendingSwitch()).isEmpty();
        assertThat(view().schemeId()).isEqualTo("toy");
        refuses(ErrorCode.EPOCH_CONFLICT, () -> world.commit(world.carol, late));
    }

    @Test
    void rosters_are_frozen() {
        order(world.alice, reinit());
        refuses(
                ErrorCode.SWITCH_PENDING,
                () -> world.propose(world.alice, world.alice.entry(1, Right.values()), world.bob.entry(2)));
        assertThat(view().members()).contains(world.carol.leaf);
    }

    @Test
    void a_removal_that_waits_goes_with_the_switch_and_unties_the_epochs() {
        world.propose(world.alice, world.alice.entry(1, Right.values()), world.bob.entry(2));
        Reinit reinit = reinit();
        assertThat(reinit.usePsk()).isFalse();
        refuses(ErrorCode.POLICY_VIOLATION, () -> order(world.alice, with(reinit, r -> tied(r, true))));
        order(world.alice, reinit);
        world.submit(world.bob, "tin/open", Octets.EMPTY);
        world.commit(world.bob, tinHeader());
        assertThat(view().members()).doesNotContain(world.carol.leaf);
        assertThat(view().schemeId()).isEqualTo("tin");
        world.chain();
    }

    private static Reinit with(Reinit reinit, UnaryOperator<Reinit> change) {
        return change.apply(reinit);
    }

    private static Reinit tied(Reinit r, boolean psk) {
        return new Reinit(
                r.group(),
                r.reinitId(),
                r.fromEpoch(),
                r.epochHash(),
                r.oldScheme(),
                r.newScheme(),
                r.newSchemeVersion(),
                r.paramsHash(),
                r.rosterHash(),
                r.policyHash(),
                psk,
                r.notAfter());
    }

    private Reinit changed(
            long epoch, Hash epochHash, String from, String to, long version, Hash roster, Instant notAfter) {
        Reinit r = reinit();
        return new Reinit(
                r.group(),
                r.reinitId(),
                epoch,
                epochHash,
                from,
                to,
                version,
                r.paramsHash(),
                roster,
                r.policyHash(),
                r.usePsk(),
                notAfter);
    }

    @Test
    void an_order_that_does_not_hold_is_refused_and_changes_nothing() {
        Reinit r = reinit();
        Hash other = Sha256.hash(Octets.utf8("other"));
        Hash e = r.epochHash();
        Hash roster = r.rosterHash();
        refuses(
                ErrorCode.EPOCH_CONFLICT,
                () -> order(world.alice, changed(1, e, "toy", "tin", 1, roster, r.notAfter())));
        refuses(
                ErrorCode.EPOCH_CONFLICT,
                () -> order(world.alice, changed(2, other, "toy", "tin", 1, roster, r.notAfter())));
        refuses(
                ErrorCode.ROSTER_CONFLICT,
                () -> order(world.alice, changed(2, e, "toy", "tin", 1, other, r.notAfter())));
        refuses(
                ErrorCode.UNKNOWN_SCHEME,
                () -> order(world.alice, changed(2, e, "tan", "tin", 1, roster, r.notAfter())));
        refuses(
                ErrorCode.POLICY_VIOLATION,
                () -> order(world.alice, changed(2, e, "toy", "tan", 1, roster, r.notAfter())));
        refuses(
                ErrorCode.UNKNOWN_SCHEME,
                () -> order(world.alice, changed(2, e, "toy", "tin", 2, roster, r.notAfter())));
        refuses(
                ErrorCode.POLICY_VIOLATION,
                () -> order(world.alice, changed(2, e, "toy", "tin", 1, roster, NOW.minusSeconds(1))));
        refuses(
                ErrorCode.POLICY_VIOLATION,
                () -> order(world.alice, changed(2, e, "toy", "tin", 1, roster, NOW.plusSeconds(8 * 86_400))));
        refuses(ErrorCode.POLICY_VIOLATION, () -> order(world.alice, tied(r, false)));
        refuses(ErrorCode.POLICY_VIOLATION, () -> order(world.alice, sign(world.alice, r, Octets.utf8("more"))));
        refuses(ErrorCode.FORBIDDEN, () -> order(world.bob, r));
        refuses(ErrorCode.FORBIDDEN, () -> order(world.bob, sign(world.alice, r, Octets.EMPTY)));
        var forged = new SignedReinit(
                r,
                ReinitCodec.encode(r),
                world.alice.leaf,
                world.bob.key.sign("reinit", ReinitCodec.encode(r)),
                Octets.EMPTY);
        refuses(ErrorCode.BAD_SIGNATURE, () -> order(world.alice, forged));
        world.schemes.remove(tin);
        refuses(ErrorCode.UNKNOWN_SCHEME, () -> order(world.alice, r));
        assertThat(view().pendingSwitch()).isEmpty();
        world.schemes.add(tin);
        order(world.alice, r);
    }

    @Test
    void a_scheme_cannot_switch_by_itself() {
        refuses(ErrorCode.EPOCH_CONFLICT, () -> world.commitOf("tin"));
        assertThat(view().schemeId()).isEqualTo("toy");
    }

    @Test
    void what_waits_for_an_absent_new_scheme_is_handled_when_it_is_back() {
        order(world.alice, reinit());
        world.schemes.remove(tin);
        assertThat(world.submit(world.bob, "tin/open", Octets.EMPTY).state()).isEqualTo(Receipt.State.QUEUED);
        assertThat(view().pendingSwitch().map(SwitchView::reason)).contains("scheme tin is absent");
        assertThat(world.submit(world.bob, "toy/open", Octets.EMPTY).state()).isEqualTo(Receipt.State.DONE);
        world.schemes.add(tin);
        world.host.schemeAdded("tin");
        world.commit(world.carol, tinHeader());
        assertThat(view().schemeId()).isEqualTo("tin");
    }

    @Test
    void an_operator_gives_up_and_is_not_believed_alone() {
        Reinit reinit = reinit();
        order(world.alice, reinit);
        world.host.giveUp(GatewayWorld.OPERATOR, world.group, "not now");
        assertThat(world.host.pending(GatewayWorld.OPERATOR, world.group).map(SwitchView::state))
                .isEqualTo(Optional.of(SwitchView.State.GIVEN_UP));
        world.submit(world.bob, "toy/open", Octets.EMPTY);
        refuses(ErrorCode.EPOCH_CONFLICT, () -> world.commit(world.bob));
        cancel(world.alice, reinit);
        world.commit(world.bob);
        refuses(ErrorCode.FORBIDDEN, () -> world.host.giveUp(GatewayWorld.caller(world.alice), world.group, "mine"));
    }

    @Test
    void a_policy_is_not_raised_to_blindness_over_a_scheme_that_is_not_blind() {
        found(movable(2, false));
        var raised = Founding.sign(world.alice, movable(3, true));
        Octets body = PolicyCodec.encode(raised);
        world.scheme.blind = false;
        refuses(ErrorCode.POLICY_VIOLATION, () -> world.submit(world.alice, "host/policy", body));
        // known while the scheme was blind, brought by a roster when it is not
        world.scheme.blind = true;
        world.submit(world.alice, "host/policy", body);
        world.scheme.blind = false;
        Roster next =
                Founding.after(world.link(), world.link().roster().entries().toArray(new RosterEntry[0]));
        var naming = new Roster(next.group(), next.seq(), next.previous(), next.entries(), GroupHashes.of(raised));
        Octets notice = RosterCodec.encode(world.alice.sign(naming));
        refuses(ErrorCode.POLICY_VIOLATION, () -> world.submit(world.alice, "toy/notify", notice));
        world.scheme.blind = true;
        world.submit(world.alice, "toy/notify", notice);
        world.commit(world.alice);
        assertThat(world.chain().policy().blindRequired()).isTrue();
    }
}
