// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Policy;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.SwitchView;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;
import org.sekisho.client.member.World.Person;
import org.sekisho.codec.Cbor;
import org.sekisho.groupmanagement.protocol.TwoRandomScheme;
import org.sekisho.groups.chain.ChainCheck;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberEvent.SchemeSwitch.Stage;
import org.sekisho.groups.member.MemberStatus;

/** Scheme switches of a live group, seen from its members (docs/protocols/0105). */
class SchemeSwitchTest {

    static final String TWO_RANDOM = "two-random";
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Caller OPERATOR = Caller.user("op", java.util.Set.of(Role.OPERATOR));

    @TempDir
    Path directory;

    private World world;
    private Person alice;
    private Person bob;
    private Person carol;
    private GroupId group;
    private final List<String> texts = new ArrayList<>();

    @BeforeEach
    void three() {
        world = new World(directory);
        alice = world.enrol("Alice");
        bob = world.enrol("Bob");
        carol = world.enrol("Carol");
        group = alice.found(world.movable(alice));
        alice.invite(group, bob);
        alice.invite(group, carol);
    }

    private GroupView view() {
        return world.gateway.group(OPERATOR, group);
    }

    private void say(Person from, String text) {
        texts.add(text);
        from.send(group, text);
    }

    private void order(Person admin, String scheme, Octets params) {
        admin.host.switchScheme(group, scheme, params, WITHIN);
    }

    private void switched(Person admin, String scheme) {
        order(admin, scheme, Octets.EMPTY);
        world.settle();
        agreed(scheme);
    }

    /** Everybody runs {@code scheme}, in one epoch with one key, and nothing is pending. */
    private void agreed(String scheme) {
        assertThat(view().schemeId()).isEqualTo(scheme);
        assertThat(view().pendingSwitch()).isEmpty();
        for (Person person : world.persons.values()) {
            if (!view().members().contains(person.leaf()) || !person.online) {
                continue;
            }
            var seen = person.host.view(group);
            assertThat(seen.status()).as(person.name).isEqualTo(MemberStatus.MEMBER);
            assertThat(seen.schemeId()).as(person.name).isEqualTo(scheme);
            assertThat(seen.epochHash()).as(person.name).isEqualTo(view().epochHash());
            assertThat(seen.keyed()).as(person.name).isTrue();
            assertThat(seen.pendingSwitch()).as(person.name).isEmpty();
            assertThat(person.alarms()).as(person.name).isEmpty();
        }
    }

    private static List<Stage> stages(Person person) {
        return person.told.stream()
                .filter(MemberEvent.SchemeSwitch.class::isInstance)
                .map(e -> ((MemberEvent.SchemeSwitch) e).stage())
                .toList();
    }

    private static List<ErrorCode> refusals(Person person) {
        return person.told.stream()
                .filter(MemberEvent.Refused.class::isInstance)
                .map(e -> ((MemberEvent.Refused) e).code())
                .toList();
    }

    @Test
    void a_group_moves_and_no_message_is_lost() {
        say(alice, "before");
        order(alice, DealtScheme.ID, Octets.EMPTY);
        say(bob, "ordered, not sent");
        for (int i = 0; i < 20; i++) {
            alice.turn();
            say(alice, "during " + i);
            bob.turn();
            world.gateway.tick();
        }
        world.settle();
        say(alice, "after");
        world.settle();

        agreed(DealtScheme.ID);
        assertThat(view().epoch()).isEqualTo(4);
        assertThat(carol.heard()).isEqualTo(texts);
        assertThat(stages(carol)).containsExactly(Stage.BEGUN, Stage.DONE);
        assertThat(world.gateway.inspect(OPERATOR, group)).containsKey("mode");
    }

    @Test
    void a_group_moves_after_its_rules_changed() {
        alice.host.updatePolicy(group, world.newer(alice.host.view(group).policy(), 2));
        order(alice, "key-derivation", Octets.EMPTY);
        world.settle();
        agreed("key-derivation");
        say(alice, "under new rules");
        world.settle();
        assertThat(carol.heard()).containsExactly("under new rules");
    }

    @Test
    void a_group_moves_there_and_back_and_goes_on() {
        switched(alice, DealtScheme.ID);
        switched(alice, TWO_RANDOM);
        alice.host.request(group, "renew", Cbor.encode());
        world.pass(Duration.ofSeconds(2));
        alice.host.request(group, "renew", Cbor.encode());
        world.pass(Duration.ofSeconds(2));
        assertThat(view().epoch()).isGreaterThan(5);
        agreed(TWO_RANDOM);
        alice.remove(group, bob);
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        say(alice, "after");
        world.settle();
        assertThat(carol.heard()).containsExactly("after");
    }

    @Test
    void a_newcomer_verifies_a_past_of_several_schemes() {
        switched(alice, DealtScheme.ID);
        switched(alice, TWO_RANDOM);
        Person dave = world.enrol("Dave");
        alice.invite(group, dave);
        world.settle();
        agreed(TWO_RANDOM);
        assertThat(dave.host.view(group).keyed()).isTrue();
        say(dave, "hello");
        world.settle();
        assertThat(carol.heard()).containsExactly("hello");
    }

    @Test
    void a_chain_without_the_order_or_with_another_is_refused() {
        switched(alice, DealtScheme.ID);
        var chain = GroupChain.of(page -> world.gateway.chain(alice.caller(), group, page));
        assertThat(ChainCheck.verify(group, chain).reinits()).hasSize(1);
        var without = new org.sekisho.api.groups.GroupChain(
                chain.nonce(), chain.policies(), chain.rosters(), chain.commits());
        assertThatThrownBy(() -> ChainCheck.verify(group, without)).isInstanceOf(SekishoException.class);
        byte[] flipped = chain.reinits().get(0).toByteArray();
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] ^= 1;
            var forged = new org.sekisho.api.groups.GroupChain(
                    chain.nonce(), chain.policies(), chain.rosters(), chain.commits(), List.of(Octets.of(flipped)));
            assertThatThrownBy(() -> ChainCheck.verify(group, forged))
                    .as("octet " + i)
                    .isInstanceOf(SekishoException.class);
            flipped[i] ^= 1;
        }
    }

    @Test
    void who_was_away_follows_in_the_order_of_the_log() {
        carol.online = false;
        say(alice, "one");
        switched(alice, DealtScheme.ID);
        say(bob, "two");
        switched(alice, TWO_RANDOM);
        say(alice, "three");
        world.pass(Duration.ofHours(2));
        carol.online = true;
        world.settle();
        agreed(TWO_RANDOM);
        assertThat(carol.heard()).isEqualTo(texts);
    }

    @Test
    void only_an_administrator_orders() {
        assertThatThrownBy(() -> order(bob, DealtScheme.ID, Octets.EMPTY)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> order(alice, "unheard-of", Octets.EMPTY)).isInstanceOf(SekishoException.class);
        assertThatThrownBy(() -> order(alice, TWO_RANDOM, Octets.EMPTY)).isInstanceOf(SekishoException.class);
    }

    @Test
    void a_cancelled_switch_lets_the_old_scheme_go_on_at_once() {
        order(alice, DealtScheme.ID, DealtScheme.SILENT);
        world.settle();
        assertThat(view().pendingSwitch().map(SwitchView::state)).contains(SwitchView.State.PREPARING);
        assertThat(carol.host.view(group).pendingSwitch()).isPresent();
        say(bob, "meanwhile");
        alice.host.request(group, "renew", Cbor.encode());
        world.pass(Duration.ofSeconds(30));
        assertThat(view().epoch()).isEqualTo(3);

        alice.host.cancelSwitch(group);
        world.settle();
        world.pass(Duration.ofSeconds(30));
        assertThat(view().epoch()).isEqualTo(4);
        agreed(TWO_RANDOM);
        assertThat(carol.heard()).containsExactly("meanwhile");
        assertThat(stages(carol)).containsExactly(Stage.BEGUN, Stage.GIVEN_UP);
        switched(alice, DealtScheme.ID);
    }

    @Test
    void a_switch_that_fails_is_cancelled_by_who_ordered_it() {
        order(alice, DealtScheme.ID, DealtScheme.FAILING);
        world.settle();
        agreed(TWO_RANDOM);
        assertThat(stages(alice)).containsExactly(Stage.BEGUN, Stage.GIVEN_UP);
        assertThat(stages(carol)).containsExactly(Stage.BEGUN, Stage.GIVEN_UP);
        alice.host.request(group, "renew", Cbor.encode());
        world.pass(Duration.ofSeconds(5));
        assertThat(view().epoch()).isEqualTo(4);
        agreed(TWO_RANDOM);
    }

    @Test
    void a_new_scheme_that_breaks_is_given_up() {
        order(alice, DealtScheme.ID, DealtScheme.THROWING);
        for (int i = 0; i < 10; i++) {
            world.pass(Duration.ofSeconds(2));
        }
        // a message that breaks its scheme is set aside; the switch ends with its time
        world.pass(WITHIN);
        world.pass(Duration.ofSeconds(5));
        agreed(TWO_RANDOM);
    }

    @Test
    void a_new_scheme_that_cannot_begin_is_refused_and_leaves_nothing() {
        order(alice, DealtScheme.ID, DealtScheme.UNABLE);
        world.settle();
        assertThat(refusals(alice)).containsExactly(ErrorCode.UNKNOWN_SCHEME);
        agreed(TWO_RANDOM);
        assertThat(stages(carol)).isEmpty();
    }

    @Test
    void a_switch_that_nobody_completes_ends_with_its_time() {
        order(alice, DealtScheme.ID, DealtScheme.SILENT);
        world.settle();
        alice.online = false;
        world.pass(WITHIN.plusSeconds(2));
        world.pass(Duration.ofSeconds(2));
        assertThat(view().pendingSwitch()).isEmpty();
        assertThat(bob.host.view(group).pendingSwitch()).isEmpty();
        bob.host.request(group, "renew", Cbor.encode());
        world.settle();
        world.pass(Duration.ofSeconds(30));
        assertThat(view().epoch()).isEqualTo(4);
        agreed(TWO_RANDOM);
        alice.online = true;
        world.settle();
        agreed(TWO_RANDOM);
    }

    @Test
    void an_operator_asks_and_gives_up_but_cannot_order() {
        world.gateway.ask(OPERATOR, group, DealtScheme.ID, "the old one retires");
        world.settle();
        assertThat(stages(alice)).containsExactly(Stage.ASKED);
        agreed(TWO_RANDOM);
        order(alice, DealtScheme.ID, DealtScheme.SILENT);
        world.settle();
        SwitchView ended = world.gateway.giveUp(OPERATOR, group, "not now");
        assertThat(ended.state()).isEqualTo(SwitchView.State.GIVEN_UP);
        world.settle();
        agreed(TWO_RANDOM);
        assertThat(stages(alice)).containsExactly(Stage.ASKED, Stage.BEGUN, Stage.GIVEN_UP);
    }

    @Test
    void members_believe_the_gateway_alone_only_when_the_time_is_over() {
        order(alice, DealtScheme.ID, DealtScheme.SILENT);
        world.settle();
        alice.online = false;
        world.gateway.giveUp(OPERATOR, group, "not now");
        bob.host.request(group, "renew", Cbor.encode());
        world.pass(Duration.ofSeconds(30));
        assertThat(view().epoch()).isEqualTo(3);
        assertThat(bob.host.view(group).pendingSwitch()).isPresent();
        world.pass(WITHIN);
        world.pass(Duration.ofSeconds(30));
        assertThat(view().epoch()).isEqualTo(4);
        agreed(TWO_RANDOM);
    }

    @Test
    void rosters_are_frozen_and_wishes_wait() {
        order(alice, DealtScheme.ID, DealtScheme.SILENT);
        world.settle();
        Person dave = world.enrol("Dave");
        alice.invite(group, dave);
        world.pass(Duration.ofSeconds(5));
        assertThat(view().members()).doesNotContain(dave.leaf());
        alice.host.cancelSwitch(group);
        world.pass(Duration.ofSeconds(5));
        world.pass(Duration.ofSeconds(5));
        assertThat(view().members()).contains(dave.leaf());
        agreed(TWO_RANDOM);
        assertThat(dave.host.view(group).keyed()).isTrue();
    }

    @Test
    void a_second_order_waits_for_the_first() {
        order(alice, DealtScheme.ID, DealtScheme.SILENT);
        world.settle();
        assertThatThrownBy(() -> order(alice, DealtScheme.ID, Octets.EMPTY))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SWITCH_PENDING));
    }

    @Test
    void a_member_without_the_scheme_waits_and_goes_on_when_it_comes() {
        GroupKeyScheme dealt = carol.schemes.scheme(DealtScheme.ID).orElseThrow();
        carol.schemes.remove(dealt);
        order(alice, DealtScheme.ID, Octets.EMPTY);
        world.settle();
        say(alice, "new");
        world.settle();
        assertThat(carol.host.view(group).schemeId()).isEqualTo(TWO_RANDOM);
        assertThat(carol.heard()).isEmpty();
        // told once, however often it is tried again, and after a restart too
        carol.restart();
        world.settle();
        assertThat(stages(carol)).containsExactly(Stage.SCHEME_MISSING);
        assertThat(carol.host.view(group).missingScheme()).contains(DealtScheme.ID);
        assertThat(carol.host.view(group).pendingSwitch()).isEmpty();
        assertThat(alice.host.view(group).missingScheme()).isEmpty();
        carol.schemes.add(dealt);
        world.settle();
        agreed(DealtScheme.ID);
        assertThat(carol.heard()).containsExactly("new");
        assertThat(carol.host.view(group).missingScheme()).isEmpty();
        assertThat(stages(carol)).containsExactly(Stage.SCHEME_MISSING, Stage.BEGUN, Stage.DONE);
    }

    @Test
    void a_new_scheme_that_goes_away_at_the_gateway_is_shown_and_waited_for() {
        order(alice, DealtScheme.ID, Octets.EMPTY);
        alice.host.outbox(group, 10).forEach(out -> {
            alice.send(out);
            alice.host.sent(out);
        });
        GroupKeyScheme dealt = world.schemes.scheme(DealtScheme.ID).orElseThrow();
        world.schemes.remove(dealt);
        world.settle();
        assertThat(view().pendingSwitch().orElseThrow().reason()).isEqualTo("scheme dealt is absent");
        assertThat(view().pendingSwitch().orElseThrow().queued()).isPositive();
        world.schemes.add(dealt);
        world.gateway.schemeAdded(DealtScheme.ID);
        world.settle();
        agreed(DealtScheme.ID);
    }

    @Test
    void a_group_whose_scheme_is_gone_for_good_is_moved_away_from_it() {
        GroupKeyScheme old = world.schemes.scheme(TWO_RANDOM).orElseThrow();
        world.schemes.remove(old);
        assertThat(view().state()).isEqualTo(GroupView.State.SUSPENDED);
        switched(alice, DealtScheme.ID);
        assertThat(view().state()).isEqualTo(GroupView.State.ACTIVE);
    }

    @Test
    void the_old_scheme_is_told_that_it_ends_and_its_state_is_erased() {
        switched(alice, DealtScheme.ID);
        var dealt = (DealtScheme) alice.schemes.scheme(DealtScheme.ID).orElseThrow();
        switched(alice, TWO_RANDOM);
        assertThat(dealt.aborted).hasValue(1);
        for (Person person : world.persons.values()) {
            long parts =
                    person.rows.read(group.value(), tx -> tx.count(org.sekisho.api.store.Table.PART, Octets.ofLong(1)));
            assertThat(parts).as(person.name).isZero();
        }
    }

    @Test
    void a_restart_in_the_middle_changes_nothing() {
        order(alice, DealtScheme.ID, Octets.EMPTY);
        alice.turn();
        alice.restart();
        bob.restart();
        world.restart();
        alice.turn();
        alice.turn();
        carol.restart();
        world.restart();
        world.settle();
        agreed(DealtScheme.ID);
    }

    @Test
    void a_replayed_order_is_refused() {
        order(alice, DealtScheme.ID, DealtScheme.SILENT);
        Octets order = alice.host.outbox(group, 10).get(0).bytes();
        world.settle();
        alice.host.cancelSwitch(group);
        world.settle();
        assertThat(world.gateway.submit(alice.caller(), group, order).state())
                .isEqualTo(org.sekisho.api.groups.Receipt.State.REPEATED);
        assertThat(view().pendingSwitch()).isEmpty();
    }

    @Test
    void a_scheme_that_lets_the_gateway_read_is_refused_where_the_policy_wants_blindness() {
        for (Person person : world.persons.values()) {
            person.schemes.add(new DealtScheme(false));
        }
        assertThatThrownBy(() -> order(alice, DealtScheme.ID, Octets.EMPTY))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_VIOLATION));
        alice.schemes.add(new DealtScheme());
        world.schemes.add(new DealtScheme(false));
        order(alice, DealtScheme.ID, Octets.EMPTY);
        world.settle();
        assertThat(refusals(alice)).containsExactly(ErrorCode.POLICY_VIOLATION);
        agreed(TWO_RANDOM);
    }

    /** Every pair of schemes in both directions, messages meanwhile; and after a failed switch the old scheme goes on. */
    @ParameterizedTest
    @CsvSource({
        "two-random,key-derivation",
        "key-derivation,two-random",
        "key-derivation,dealt",
        "dealt,key-derivation",
        "two-random,dealt",
        "dealt,two-random"
    })
    void spi_reinit_between_all_pairs_of_schemes_under_load(String from, String to) {
        if (!from.equals(TWO_RANDOM)) {
            order(alice, from, Octets.EMPTY);
            settled();
            agreed(from);
        }
        // one that comes to nothing
        order(alice, to, Octets.EMPTY);
        bob.online = false;
        alice.turn();
        say(alice, "while it is tried");
        alice.host.cancelSwitch(group);
        bob.online = true;
        settled();
        agreed(from);
        // one that succeeds
        order(alice, to, Octets.EMPTY);
        for (int i = 0; i < 10; i++) {
            alice.turn();
            say(alice, from + " to " + to + " " + i);
            bob.turn();
            say(bob, "and back " + i);
            world.gateway.tick();
            world.lived.addAndGet(200);
        }
        settled();
        agreed(to);
        say(alice, "done");
        settled();
        agreed(to);
        assertThat(carol.heard()).isEqualTo(texts);
        if (!to.equals(DealtScheme.ID)) {
            alice.remove(group, bob);
            settled();
            assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        }
    }

    private void settled() {
        for (int i = 0; i < 12; i++) {
            world.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void nobody_founds_what_the_gateway_could_read() {
        var dealt = new World(directory.resolve("dealt"), DealtScheme.ID);
        Person dora = dealt.enrol("Dora");
        dora.schemes.add(new DealtScheme(false));
        assertThatThrownBy(() -> dora.host.found(dealt.policy(dora)))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_VIOLATION));
        assertThat(dora.host.groups()).isEmpty();
    }

    @Test
    void who_is_invited_begins_nothing_that_the_gateway_could_read() {
        Person dora = world.enrol("Dora");
        dora.accepting = false;
        alice.invite(group, dora);
        dora.schemes.add(new SeeingScheme(new TwoRandomScheme()));
        var pending = dora.host.invitations().get(0);
        assertThatThrownBy(() -> dora.join(pending))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_VIOLATION));
        assertThat(dora.host.groups()).isEmpty();
        dora.schemes.add(new TwoRandomScheme());
        dora.join(pending);
        world.settle();
        agreed(TWO_RANDOM);
        assertThat(view().members()).contains(dora.leaf());
    }

    private static Policy blind(Policy p, long version, boolean required) {
        return new Policy(
                p.title(),
                p.ownerKey(),
                p.serverKey(),
                version,
                p.schemeId(),
                p.allowedSchemes(),
                required,
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

    /** Blindness is required from the epoch on that brings the rule: who knows that the scheme is not blind does not go along. */
    @Test
    void a_policy_is_not_raised_to_blindness_over_a_scheme_that_lets_the_gateway_read() {
        GroupId lax = alice.found(blind(world.movable(alice), 1, false));
        alice.invite(lax, bob);
        alice.invite(lax, carol);
        Policy raised = blind(alice.host.view(lax).policy(), 2, true);
        alice.schemes.add(new SeeingScheme(new TwoRandomScheme()));
        assertThatThrownBy(() -> alice.host.updatePolicy(lax, raised))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_VIOLATION));
        alice.schemes.add(new TwoRandomScheme());
        // who orders it and the gateway say that the scheme is blind; bob knows better
        bob.schemes.add(new SeeingScheme(new TwoRandomScheme()));
        long before = bob.host.view(lax).epoch();
        var hash = alice.host.updatePolicy(lax, raised);
        alice.host.request(lax, "policy", Cbor.encode(hash));
        world.settle();
        assertThat(carol.host.view(lax).policy().blindRequired()).isTrue();
        assertThat(carol.host.view(lax).epoch()).isEqualTo(before + 1);
        assertThat(bob.host.view(lax).policy().blindRequired()).isFalse();
        assertThat(bob.host.view(lax).epoch()).isEqualTo(before);
    }

    /** A scheme as it is, in whose version the gateway could read. */
    private record SeeingScheme(GroupKeyScheme inner) implements GroupKeyScheme {

        @Override
        public SchemeDescriptor descriptor() {
            SchemeDescriptor of = inner.descriptor();
            return new SchemeDescriptor(
                    of.id(),
                    of.prefix(),
                    of.protocol(),
                    of.stateVersion(),
                    of.oldestReadable(),
                    Set.of(Capability.OFFLINE_MEMBERS),
                    "the server sees keys");
        }

        @Override
        public Step create(Ctx ctx, Octets params) {
            return inner.create(ctx, params);
        }

        @Override
        public Step handle(Ctx ctx, Octets head, Event event) {
            return inner.handle(ctx, head, event);
        }

        @Override
        public Octets migrate(int fromVersion, Octets head) {
            return inner.migrate(fromVersion, head);
        }

        @Override
        public Map<String, String> inspect(Octets head) {
            return inner.inspect(head);
        }
    }

    @Test
    void a_switch_is_allowed_by_a_newer_policy() {
        Person dave = world.enrol("Dave");
        GroupId own = dave.found(world.policy(dave));
        dave.invite(own, bob);
        assertThatThrownBy(() -> dave.host.switchScheme(own, DealtScheme.ID, Octets.EMPTY, WITHIN))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_VIOLATION));
        var hash = dave.host.updatePolicy(own, world.newer(dave.host.view(own).policy(), 2));
        dave.host.request(own, "policy", Cbor.encode(hash));
        settled();
        assertThat(bob.host.view(own).policy().version()).isEqualTo(2);
        assertThat(bob.alarms()).isEmpty();
        dave.host.switchScheme(own, DealtScheme.ID, Octets.EMPTY, WITHIN);
        settled();
        assertThat(bob.host.view(own).schemeId()).isEqualTo(DealtScheme.ID);
    }

    @Test
    void a_policy_that_gives_up_blindness_or_is_anothers_is_refused() {
        var now = alice.host.view(group).policy();
        assertThatThrownBy(() -> alice.host.updatePolicy(group, world.newer(now, now.version())))
                .isInstanceOf(SekishoException.class);
        assertThatThrownBy(() -> bob.host.updatePolicy(group, world.newer(now, 2)))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void a_refusal_out_of_the_gateways_queue_reaches_the_scheme() {
        GroupKeyScheme old = world.schemes.scheme(TWO_RANDOM).orElseThrow();
        world.schemes.remove(old);
        alice.host.request(group, "remove", Cbor.encode(carol.leaf()));
        bob.host.request(group, "leave", Cbor.encode());
        world.settle();
        world.schemes.add(old);
        world.gateway.schemeAdded(TWO_RANDOM);
        for (int i = 0; i < 30; i++) {
            world.pass(Duration.ofSeconds(1));
        }
        // two rosters of one number: who lost hears so and builds its wish on the other's
        assertThat(view().members()).containsExactly(alice.leaf());
        var all = new ArrayList<>(refusals(alice));
        all.addAll(refusals(bob));
        assertThat(all).contains(ErrorCode.ROSTER_CONFLICT);
    }
}
