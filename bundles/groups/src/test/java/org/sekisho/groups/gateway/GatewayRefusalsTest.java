// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sekisho.groups.gateway.GatewayHostTest.refused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groups.chain.Actor;
import org.sekisho.groups.chain.Founding;
import org.sekisho.testkit.store.StoreDigest;

/** What is refused, with which code, and that it leaves no trace (P7, P9). */
class GatewayRefusalsTest {

    private static final GroupId OTHER = new GroupId(Octets.utf8("another-group-id"));
    private static final Octets BODY = Octets.utf8("body");

    private final GatewayWorld world = new GatewayWorld().three();
    private Caller bob;

    @BeforeEach
    void setUp() {
        bob = GatewayWorld.caller(world.bob);
    }

    private Hash digest() {
        return StoreDigest.of(world.rows, Table.AUDIT);
    }

    private void leavesNoTrace(ErrorCode code, ThrowingCallable call) {
        Hash before = digest();
        refused(code, call);
        assertThat(digest()).isEqualTo(before);
    }

    private Octets message(Party to, String type) {
        return world.bob.send(world.group, to, type, BODY);
    }

    @Test
    void the_gate_refuses_and_nothing_stays() {
        Octets good = message(Party.EVERYONE, "toy/note");
        Map<ErrorCode, Octets> wrong = new LinkedHashMap<>();
        wrong.put(ErrorCode.MALFORMED, good.slice(0, good.size() - 1));
        wrong.put(ErrorCode.WRONG_AUDIENCE, message(new Party.Member(world.carol.leaf), "toy/note"));
        wrong.put(ErrorCode.FORBIDDEN, world.carol.send(world.group, Party.EVERYONE, "toy/note", BODY));
        wrong.put(ErrorCode.LIMIT_EXCEEDED, Octets.of(new byte[Submissions.MAX_SIZE + 1]));
        SignedEnvelope signed = EnvelopeCodec.decodeSigned(good);
        wrong.put(
                ErrorCode.BAD_SIGNATURE,
                EnvelopeCodec.encode(new SignedEnvelope(
                        signed.envelope(), signed.encoded(), Octets.of(new byte[64]), signed.slices())));

        wrong.forEach((code, bytes) -> leavesNoTrace(code, () -> world.host.submit(bob, world.group, bytes)));
        leavesNoTrace(
                ErrorCode.WRONG_AUDIENCE,
                () -> world.host.submit(bob, world.group, world.bob.send(OTHER, Party.EVERYONE, "toy/note", BODY)));
        leavesNoTrace(
                ErrorCode.MALFORMED, () -> world.host.submit(bob, world.group, message(Party.SERVER, "Toy!note")));
        leavesNoTrace(
                ErrorCode.MALFORMED, () -> world.host.submit(bob, world.group, message(Party.SERVER, "host/refused")));
        leavesNoTrace(ErrorCode.NOT_FOUND, () -> world.host.submit(bob, OTHER, good));
    }

    @Test
    void every_changed_octet_of_an_envelope_is_refused_and_nothing_stays() {
        byte[] octets = message(Party.EVERYONE, "toy/note").toByteArray();
        Hash before = digest();
        for (int i = 0; i < octets.length; i++) {
            octets[i] ^= 4;
            Octets changed = Octets.of(octets);
            assertThatThrownBy(() -> world.host.submit(bob, world.group, changed))
                    .isInstanceOf(SekishoException.class);
            octets[i] ^= 4;
        }
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void outsiders_are_refused_everywhere() {
        Actor dave = new Actor(4);
        Caller caller = GatewayWorld.caller(dave);
        Octets message = dave.send(world.group, Party.EVERYONE, "toy/note", BODY);

        leavesNoTrace(ErrorCode.NOT_A_MEMBER, () -> world.host.submit(caller, world.group, message));
        leavesNoTrace(ErrorCode.NOT_A_MEMBER, () -> world.host.read(caller, world.group, 0, 10));
        leavesNoTrace(ErrorCode.NOT_A_MEMBER, () -> world.host.group(caller, world.group));
        leavesNoTrace(ErrorCode.NOT_A_MEMBER, () -> world.host.epochs(caller, world.group, 0, 10));
        leavesNoTrace(ErrorCode.NOT_A_MEMBER, () -> world.host.watch(caller, world.group, () -> {}));
        leavesNoTrace(ErrorCode.NOT_A_MEMBER, () -> world.host.request(caller, world.group, "renew", Octets.EMPTY));
        leavesNoTrace(ErrorCode.FORBIDDEN, () -> world.host.suspend(caller, world.group, "why not"));
        leavesNoTrace(ErrorCode.UNAUTHENTICATED, () -> world.host.group(Caller.ANONYMOUS, world.group));
        leavesNoTrace(ErrorCode.UNAUTHENTICATED, () -> world.host.submit(Caller.ANONYMOUS, world.group, message));
        leavesNoTrace(
                ErrorCode.UNAUTHENTICATED, () -> world.host.chain(Caller.ANONYMOUS, world.group, Optional.empty()));
    }

    @Test
    void what_the_scheme_refuses_leaves_no_trace_and_can_be_said_better() {
        leavesNoTrace(ErrorCode.POLICY_VIOLATION, () -> world.submit(world.bob, "toy/refuse", BODY));
        leavesNoTrace(ErrorCode.POLICY_VIOLATION, () -> world.submit(world.bob, "toy/ready", BODY));
        leavesNoTrace(
                ErrorCode.POLICY_VIOLATION,
                () -> world.submit(
                        world.carol,
                        "toy/notify",
                        RosterCodec.encode(world.carol.sign(Founding.after(
                                world.link(), world.alice.entry(1, org.sekisho.api.group.Right.values()))))));
        leavesNoTrace(ErrorCode.MALFORMED, () -> world.submit(world.bob, "toy/notify", BODY));
        leavesNoTrace(ErrorCode.MALFORMED, () -> world.submit(world.bob, "host/commit", BODY));
    }

    @Test
    void a_forged_message_does_not_suppress_the_genuine_one() {
        Octets genuine = message(Party.EVERYONE, "toy/note");
        SignedEnvelope signed = EnvelopeCodec.decodeSigned(genuine);
        Octets forged = EnvelopeCodec.encode(
                new SignedEnvelope(signed.envelope(), signed.encoded(), Octets.of(new byte[64]), signed.slices()));

        leavesNoTrace(ErrorCode.BAD_SIGNATURE, () -> world.host.submit(bob, world.group, forged));
        assertThat(world.host.submit(bob, world.group, genuine).state()).isEqualTo(Receipt.State.DONE);
    }

    /** At once, later, after a restart, by another, elsewhere. */
    @Test
    void replays_are_refused_always() {
        Octets submitted = message(Party.EVERYONE, "toy/note");
        Octets sealed = world.sealed(world.bob, "hello");
        Octets mail = world.bob.send(world.group, new Party.Member(world.carol.leaf), "toy/hello", BODY);
        world.host.submit(bob, world.group, submitted);
        world.host.post(bob, world.group, sealed);
        world.host.mailbox().send(bob, world.carol.leaf, mail);
        Hash before = digest();

        List<Receipt.State> states = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            states.add(world.host.submit(bob, world.group, submitted).state());
            states.add(world.host.post(bob, world.group, sealed).state());
            states.add(world.host.mailbox().send(bob, world.carol.leaf, mail).state());
            Caller carol = GatewayWorld.caller(world.carol);
            leavesNoTrace(ErrorCode.FORBIDDEN, () -> world.host.submit(carol, world.group, submitted));
            leavesNoTrace(ErrorCode.FORBIDDEN, () -> world.host.post(carol, world.group, sealed));
            leavesNoTrace(ErrorCode.FORBIDDEN, () -> world.host.mailbox().send(carol, world.carol.leaf, mail));
            leavesNoTrace(ErrorCode.WRONG_AUDIENCE, () -> world.host.mailbox().send(bob, world.alice.leaf, mail));
            leavesNoTrace(ErrorCode.WRONG_AUDIENCE, () -> world.host.mailbox().send(bob, world.carol.leaf, submitted));
            leavesNoTrace(ErrorCode.WRONG_AUDIENCE, () -> world.host.submit(bob, world.group, mail));
            world.restart();
        }

        assertThat(states).containsOnly(Receipt.State.REPEATED);
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void every_protocol_message_of_a_groups_life_is_refused_when_it_comes_again() {
        List<Octets> envelopes = world.read(world.alice).stream()
                .map(e -> e.bytes())
                .filter(b -> EnvelopeCodec.decodeSigned(b).envelope().from() instanceof Party.Member)
                .toList();
        Hash before = digest();

        for (Octets envelope : envelopes) {
            Party.Member from = (Party.Member)
                    EnvelopeCodec.decodeSigned(envelope).envelope().from();
            Caller sender = Caller.participant("CN=x", from.leaf());
            assertThat(world.host.submit(sender, world.group, envelope).state()).isEqualTo(Receipt.State.REPEATED);
        }
        assertThat(envelopes).hasSize(4);
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void two_messages_under_one_counter_are_evidence() {
        Octets first = EnvelopeCodec.encode(
                world.bob.sign(world.bob.envelope(world.group, Party.EVERYONE, "toy/note", BODY, 77), Map.of()));
        Octets second = EnvelopeCodec.encode(world.bob.sign(
                world.bob.envelope(world.group, Party.EVERYONE, "toy/note", Octets.utf8("other"), 77), Map.of()));
        world.host.submit(bob, world.group, first);

        refused(ErrorCode.REPLAYED, () -> world.host.submit(bob, world.group, second));
        assertThat(world.audited).contains("evidence");
        assertThat(world.told()).doesNotContain("other");
    }

    /** Cut, lengthened, with octets changed, or plain noise. */
    private static Octets hostile(Octets from, SplittableRandom random) {
        byte[] octets = from.toByteArray();
        switch (random.nextInt(4)) {
            case 0 -> octets = Arrays.copyOf(octets, random.nextInt(octets.length));
            case 1 -> octets = Arrays.copyOf(octets, octets.length + 1 + random.nextInt(64));
            case 2 -> random.nextBytes(octets);
            default -> {
                for (int i = 0; i <= random.nextInt(4); i++) {
                    octets[random.nextInt(octets.length)] ^= (byte) (1 + random.nextInt(255));
                }
            }
        }
        return Octets.of(octets);
    }

    @Test
    void hostile_octets_get_declared_errors_and_leave_no_trace() {
        long seed = Long.getLong("sekisho.seed", new SplittableRandom().nextLong());
        var random = new SplittableRandom(seed);
        Octets genesis = GenesisCodec.encode(world.genesis(History.FROM_JOIN));
        Octets message = message(Party.EVERYONE, "toy/note");
        Octets sealed = world.sealed(world.bob, "hello");
        Octets mail = world.bob.send(world.group, new Party.Member(world.carol.leaf), "toy/hello", BODY);
        Caller alice = GatewayWorld.caller(world.alice);
        List<Consumer<Octets>> doors =
                List.of(o -> world.host.create(alice, o), o -> world.host.submit(bob, world.group, o), o -> world.host
                        .mailbox()
                        .send(bob, world.carol.leaf, o));
        List<Octets> genuine = List.of(genesis, message, mail);
        Hash before = digest();

        for (int i = 0; i < 3_000; i++) {
            Octets input = hostile(genuine.get(i % 3), random);
            Consumer<Octets> door = doors.get(i % 3);
            assertThatThrownBy(() -> door.accept(input)).as("seed %d", seed).isInstanceOf(SekishoException.class);
        }
        // the content of a sealed message is not the gateway's to judge, but its frame is
        for (int i = 0; i < 1_000; i++) {
            Octets input = hostile(sealed.slice(0, 60), random);
            assertThatThrownBy(() -> world.host.post(bob, world.group, input))
                    .as("seed %d", seed)
                    .isInstanceOf(SekishoException.class);
        }
        assertThat(digest()).as("seed %d", seed).isEqualTo(before);
    }

    @Test
    void a_commit_for_another_group_is_refused() {
        world.submit(world.alice, "toy/open", Octets.EMPTY);
        var h = world.header();
        var foreign = new org.sekisho.api.group.EpochHeader(
                OTHER,
                h.epoch(),
                h.schemeId(),
                h.previous(),
                h.rosterHash(),
                h.policyHash(),
                h.transcriptHash(),
                h.cohort());
        Octets body = EpochCodec.encode(world.bob.commit(foreign, Octets.of(new byte[32])));

        leavesNoTrace(ErrorCode.EPOCH_CONFLICT, () -> world.submit(world.bob, "host/commit", body));
    }

    @Test
    void a_cursor_tells_no_group_and_is_not_made_up() {
        world.host.create(GatewayWorld.caller(world.alice), GenesisCodec.encode(world.genesis(History.FROM_JOIN)));
        var first = world.host.groups(GatewayWorld.OPERATOR, Optional.empty(), 1);
        String cursor = first.next().orElseThrow();

        assertThat(cursor).doesNotContain(first.items().get(0).group().toString());
        assertThat(world.host
                        .groups(GatewayWorld.OPERATOR, Optional.of(cursor), 1)
                        .items())
                .hasSize(1)
                .doesNotContainAnyElementsOf(first.items());
        refused(ErrorCode.MALFORMED, () -> world.host.groups(bob, Optional.of(world.group.toString()), 1));
        refused(ErrorCode.MALFORMED, () -> world.host.groups(bob, Optional.of("AA"), 1));
    }
}
