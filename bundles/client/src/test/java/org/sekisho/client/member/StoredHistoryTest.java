// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.DeniedException;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.SignedStatement;
import org.sekisho.api.messagestore.Statement;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.client.gateway.DirectStore;
import org.sekisho.client.history.HistoryEntry;
import org.sekisho.client.history.HistoryEntry.Order;
import org.sekisho.client.history.HistoryEntry.State;
import org.sekisho.client.member.World.Person;
import org.sekisho.client.transport.StoreGateway;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.store.StatementCodec;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.groups.member.MemberVault;
import org.sekisho.groups.member.StoreRoots;
import org.sekisho.messagestore.store.StoreHost;
import org.sekisho.testkit.store.MemoryRowStore;

/** History as the SDK has it: real epochs by a real scheme, a real gateway host, a real store. */
class StoredHistoryTest {

    @TempDir
    Path directory;

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final Map<Person, org.sekisho.client.history.History> histories = new HashMap<>();
    private final List<String> alarms = new ArrayList<>();
    private World world;
    private StoreHost store;
    private Person alice;
    private Person bob;
    private Person carol;
    private GroupId group;

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    private void found(History policy) throws Exception {
        world = new World(directory);
        store = new StoreHost(
                new StoreHost.Ground(
                        new MemoryRowStore(),
                        world.gateway,
                        world.gateway,
                        (tx, entry) -> {},
                        ShredKeys.open(directory.resolve("tokens"), new SystemEntropy()),
                        workers,
                        world.clock::now,
                        new SystemEntropy()),
                1 << 24,
                Duration.ofHours(24),
                false);
        alice = world.enrol("Alice");
        bob = world.enrol("Bob");
        carol = world.enrol("Carol");
        Policy p = world.policy(alice);
        group = alice.found(new Policy(
                p.title(),
                p.ownerKey(),
                p.serverKey(),
                p.version(),
                p.schemeId(),
                p.allowedSchemes(),
                p.blindRequired(),
                p.admission(),
                p.passOnInvite(),
                p.deferRotation(),
                p.rn1Interval(),
                p.rn2Interval(),
                p.maxStale(),
                policy,
                p.maxMembers(),
                p.maxMessage()));
        alice.invite(group, bob);
    }

    private org.sekisho.client.history.History history(Person person) {
        return histories.computeIfAbsent(person, p -> open(p, new DirectStore(store, p.caller())));
    }

    private org.sekisho.client.history.History open(Person person, StoreGateway gateway) {
        SecretBytes key = SecretBytes.take(new byte[32]);
        return new org.sekisho.client.history.History(
                group,
                new org.sekisho.client.history.History.Ground(
                        person.identity,
                        person.host,
                        new MemberVault(person.rows, key, person.epochKeys(), new SystemEntropy()),
                        person.rows,
                        key,
                        gateway,
                        world.clock,
                        new SystemEntropy(),
                        alarms::add));
    }

    private void write(Person by, String text) {
        history(by).store("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> read(Person reader) {
        List<String> texts = new ArrayList<>();
        try (var entries = history(reader).all()) {
            for (HistoryEntry entry : entries) {
                texts.add(
                        entry.state() == State.READABLE
                                ? entry.text()
                                : entry.state().name());
            }
        }
        return texts;
    }

    /** Everybody who is there looks after the store, as the SDK does in the background, for a while. */
    private void tend(Person... present) {
        for (int round = 0; round < 6; round++) {
            for (Person person : present) {
                history(person).tend();
            }
            store.rebuild();
            while (store.round()) {
                Thread.onSpinWait();
            }
            world.pass(org.sekisho.client.history.History.TURN);
        }
    }

    @Test
    void under_full_a_newcomer_reads_everything_and_who_was_removed_nothing_more() throws Exception {
        found(History.FULL);
        write(alice, "one");
        write(bob, "two");
        assertThat(read(alice)).containsExactly("one", "two");
        assertThat(read(bob)).containsExactly("one", "two");
        alice.invite(group, carol);
        assertThat(read(carol)).containsExactly("PENDING_REENCRYPTION", "PENDING_REENCRYPTION");
        assertThat(read(bob)).containsExactly("one", "two");
        tend(alice, bob, carol);
        assertThat(read(carol)).containsExactly("one", "two");
        write(carol, "three");
        alice.remove(group, bob);
        write(alice, "four");
        assertThatThrownBy(() -> read(bob)).isInstanceOf(DeniedException.class);
        tend(alice, carol);
        assertThat(read(carol)).containsExactly("one", "two", "three", "four");
        assertThat(cohorts()).allSatisfy(c -> assertThat(c.state()).isEqualTo(CohortView.State.CURRENT));
        assertThat(alarms).isEmpty();
    }

    @Test
    void under_from_join_a_newcomer_reads_what_is_granted() throws Exception {
        found(History.FROM_JOIN);
        write(alice, "before");
        alice.invite(group, carol);
        write(alice, "after");
        tend(alice, bob, carol);
        assertThat(read(carol)).containsExactly("after");
        assertThat(read(bob)).containsExactly("before", "after");
        history(bob).grant(cohorts().get(0).cohort(), carol.leaf());
        tend(alice, bob, carol);
        assertThat(read(carol)).containsExactly("before", "after");
        assertThat(alarms).isEmpty();
    }

    /** Another member takes over when the sponsor is gone. */
    @Test
    void any_one_member_may_be_away() throws Exception {
        found(History.FULL);
        write(alice, "text");
        tend(alice, bob);
        alice.invite(group, carol);
        Person dave = world.enrol("Dave");
        alice.invite(group, dave);
        for (Person away : List.of(alice, bob, carol, dave)) {
            world.pass(Duration.ofSeconds(2));
            alice.host.request(group, "renew", org.sekisho.codec.Cbor.encode());
            world.settle();
            tend(List.of(alice, bob, carol, dave).stream()
                    .filter(p -> p != away)
                    .toArray(Person[]::new));
            assertThat(cohorts()).allSatisfy(c -> assertThat(c.state()).isEqualTo(CohortView.State.CURRENT));
        }
        assertThat(read(dave)).containsExactly("text");
    }

    @Test
    void roots_are_forgotten_when_history_has_moved_on() throws Exception {
        found(History.FULL);
        write(alice, "text");
        for (int i = 0; i < 4; i++) {
            world.pass(Duration.ofSeconds(2));
            alice.host.request(group, "renew", org.sekisho.codec.Cbor.encode());
            world.settle();
            tend(alice, bob);
        }
        var roots = new StoreRoots(
                new MemberVault(alice.rows, SecretBytes.take(new byte[32]), alice.epochKeys(), new SystemEntropy()));
        // a gateway that lied, or comes back from a backup, can still be helped
        assertThat(roots.epochs(group)).contains(1L, 2L);
        world.pass(Duration.ofDays(7));
        tend(alice, bob);
        assertThat(roots.epochs(group)).doesNotContain(1L, 2L);
        assertThat(read(bob)).containsExactly("text");
    }

    @Test
    void a_hostile_store_is_told_and_never_hidden() throws Exception {
        found(History.FULL);
        write(alice, "one");
        write(alice, "two");
        var hostile = new DirectStore(store, bob.caller()) {
            @Override
            public Page<StoredMessage> list(GroupId g, long epoch, Optional<String> cursor, int limit) {
                List<StoredMessage> items = super.list(g, epoch, cursor, limit).items();
                StoredMessage.Content a = items.get(0).content().orElseThrow();
                StoredMessage.Content b = items.get(1).content().orElseThrow();
                byte[] chunk = a.chunks().get(0).toByteArray();
                chunk[0] ^= 1;
                return new Page<>(
                        List.of(
                                with(items.get(0), a.meta(), b.header(), a.chunks()),
                                with(items.get(0), a.meta(), a.header(), List.of(Octets.of(chunk))),
                                with(items.get(0), b.meta(), a.header(), a.chunks()),
                                items.get(1)),
                        Optional.empty());
            }

            private StoredMessage with(StoredMessage m, Octets meta, Octets header, List<Octets> chunks) {
                StoredMessage.Content c = m.content().orElseThrow();
                return new StoredMessage(
                        m.n(),
                        m.message(),
                        m.hash(),
                        Optional.of(new StoredMessage.Content(
                                meta, c.signature(), c.hashes(), c.headerEpoch(), header, chunks)),
                        m.at());
            }
        };
        List<State> states = new ArrayList<>();
        try (var entries = open(bob, hostile).all()) {
            entries.forEachRemaining(entry -> states.add(entry.state()));
        }
        assertThat(states).containsExactly(State.HEADER_CORRUPT, State.FORGED, State.FORGED, State.READABLE);
    }

    /** Of who is still a member nobody says what was seen last, and a store cannot bring such a word from another group. */
    @Test
    void a_word_on_a_members_last_message_counts_only_after_its_removal() throws Exception {
        found(History.FULL);
        alice.invite(group, carol);
        write(alice, "one");
        write(alice, "two");
        write(carol, "three");
        write(carol, "four");
        GroupId other = new GroupId(Octets.of(new byte[16]));
        var hostile = new DirectStore(store, bob.caller()) {
            @Override
            public List<KeptStatement> statements(GroupId g, long after, int limit) {
                return after > 0
                        ? List.of()
                        : List.of(
                                lastSeen(1, bob, group, alice),
                                lastSeen(2, alice, other, carol),
                                lastSeen(3, carol, group, alice));
            }
        };
        assertThat(states(hostile)).containsOnly(State.READABLE);
        alice.remove(group, carol);
        tend(alice, bob);
        assertThat(states(hostile)).containsOnly(State.READABLE);
        var honest = new DirectStore(store, bob.caller()) {
            @Override
            public List<KeptStatement> statements(GroupId g, long after, int limit) {
                return after > 0 ? List.of() : List.of(lastSeen(1, alice, group, carol));
            }
        };
        assertThat(states(honest))
                .containsExactly(State.READABLE, State.READABLE, State.READABLE, State.UNVERIFIED_AFTER_REMOVAL);
    }

    private List<State> states(StoreGateway gateway) {
        List<State> states = new ArrayList<>();
        try (var entries = open(bob, gateway).all()) {
            entries.forEachRemaining(entry -> states.add(entry.state()));
        }
        return states;
    }

    private static KeptStatement lastSeen(long n, Person by, GroupId group, Person removed) {
        return kept(
                n, by, new Statement.LastSeen(group, removed.leaf(), 1, new Hash(Octets.of(new byte[32])), by.leaf()));
    }

    private static KeptStatement kept(long n, Person by, Statement statement) {
        Octets encoded = StatementCodec.encode(statement);
        return new KeptStatement(
                n,
                StatementCodec.encode(new SignedStatement(
                        statement, encoded, by.identity.signing().sign(StatementCodec.label(statement), encoded))));
    }

    /** A wrong grant, which any entitled member can send, does not hold up those behind it. */
    @Test
    void a_wrong_grant_does_not_hold_up_the_others() throws Exception {
        found(History.FROM_JOIN);
        write(alice, "before");
        alice.invite(group, carol);
        write(alice, "after");
        tend(alice, bob, carol);
        long cohort = cohorts().get(0).cohort();
        Octets sealed = Hpke.seal(
                carol.identity.hpke().publicKey(),
                "pre J grant",
                Cbor.encode(group, cohort, carol.leaf()),
                SecretBytes.take(new byte[32]),
                new SystemEntropy());
        store.state(
                alice.caller(),
                group,
                kept(0, alice, new Statement.Grant(group, cohort, carol.leaf(), sealed, alice.leaf()))
                        .statement());
        history(bob).grant(cohort, carol.leaf());
        tend(alice, bob, carol);
        assertThat(read(carol)).containsExactly("before", "after");
    }

    /** A grant may overtake the roster that shows its granter: it waits for the chain. */
    @Test
    void a_grant_by_somebody_whose_joining_is_not_heard_yet_waits() throws Exception {
        found(History.FROM_JOIN);
        write(alice, "before");
        alice.invite(group, carol);
        write(alice, "after");
        tend(alice, bob, carol);
        long cohort = cohorts().get(0).cohort();
        Person dave = world.enrol("Dave");
        carol.online = false;
        alice.invite(group, dave);
        history(alice).grant(cohort, dave.leaf());
        tend(alice, bob, dave);
        history(dave).grant(cohort, carol.leaf());
        history(carol).tend();
        assertThat(alarms).isEmpty();
        carol.online = true;
        world.settle();
        tend(alice, bob, carol, dave);
        assertThat(read(carol)).containsExactly("before", "after");
        assertThat(alarms).isEmpty();
    }

    /** A store cannot make up grants, nor bring somebody's words under another name. */
    @Test
    void a_grant_that_its_granter_did_not_sign_is_told_and_not_taken() throws Exception {
        found(History.FROM_JOIN);
        write(alice, "before");
        alice.invite(group, carol);
        tend(alice, bob);
        long cohort = cohorts().get(0).cohort();
        Octets sealed = Hpke.seal(
                carol.identity.hpke().publicKey(),
                "pre J grant",
                Cbor.encode(group, cohort, carol.leaf()),
                SecretBytes.take(new byte[32]),
                new SystemEntropy());
        var hostile = new DirectStore(store, carol.caller()) {
            @Override
            public List<KeptStatement> statements(GroupId g, long after, int limit) {
                return after > 0
                        ? List.of()
                        : List.of(
                                kept(1, carol, new Statement.Grant(group, cohort, carol.leaf(), sealed, alice.leaf())));
            }
        };
        open(carol, hostile).tend();
        assertThat(alarms).containsExactly("a grant of cohort " + cohort + " is not by " + alice.leaf());
    }

    /** What a gateway leaves out of one author's messages, exchanges or shows twice is told; what was deleted is no gap. */
    @Test
    void gaps_and_order_of_one_author_are_told() throws Exception {
        found(History.FULL);
        for (String text : List.of("a1", "a2", "a3", "a4")) {
            write(alice, text);
        }
        write(bob, "b1");
        assertThat(orders(items -> items)).containsOnly(Order.FOLLOWS);
        assertThat(orders(items -> List.of(items.get(0), items.get(2), items.get(3), items.get(4))))
                .containsExactly(Order.FOLLOWS, Order.GAP, Order.FOLLOWS, Order.FOLLOWS);
        assertThat(orders(items -> items.subList(1, 5)))
                .containsExactly(Order.GAP, Order.FOLLOWS, Order.FOLLOWS, Order.FOLLOWS);
        assertThat(orders(items -> List.of(items.get(0), items.get(2), items.get(1), items.get(1))))
                .containsExactly(Order.FOLLOWS, Order.GAP, Order.OUT_OF_ORDER, Order.OUT_OF_ORDER);
        List<StoredMessage> all =
                store.list(alice.caller(), group, 9, Optional.empty(), 100).items();
        history(alice).delete(all.get(1).message());
        history(alice).delete(all.get(2).message());
        assertThat(orders(items -> items))
                .containsExactly(Order.FOLLOWS, Order.UNKNOWN, Order.UNKNOWN, Order.FOLLOWS, Order.FOLLOWS);
        // one tombstone does not stand for two
        assertThat(orders(items -> List.of(items.get(0), items.get(2), items.get(3))))
                .containsExactly(Order.FOLLOWS, Order.UNKNOWN, Order.GAP);
    }

    private List<Order> orders(UnaryOperator<List<StoredMessage>> shown) {
        var hostile = new DirectStore(store, bob.caller()) {
            @Override
            public Page<StoredMessage> list(GroupId g, long epoch, Optional<String> cursor, int limit) {
                return new Page<>(
                        shown.apply(super.list(g, epoch, cursor, limit).items()), Optional.empty());
            }
        };
        List<Order> orders = new ArrayList<>();
        try (var entries = open(bob, hostile).all()) {
            entries.forEachRemaining(entry -> orders.add(entry.order()));
        }
        return orders;
    }

    @Test
    void a_lost_answer_makes_neither_gap_nor_fork() throws Exception {
        found(History.FULL);
        boolean[] lose = {true, false, true};
        int[] calls = {0};
        var unreliable = new DirectStore(store, alice.caller()) {
            @Override
            public StoredMessage deposit(GroupId g, Deposit deposit) {
                int call = calls[0]++;
                if (call == 1) {
                    throw new IndeterminateException(org.sekisho.api.ErrorCode.OUTCOME_UNKNOWN, "never sent");
                }
                StoredMessage stored = super.deposit(g, deposit);
                if (call < lose.length && lose[call]) {
                    throw new IndeterminateException(org.sekisho.api.ErrorCode.OUTCOME_UNKNOWN, "answer lost");
                }
                return stored;
            }
        };
        var history = open(alice, unreliable);
        for (int i = 0; i < 5; i++) {
            byte[] text = ("m" + i).getBytes(StandardCharsets.UTF_8);
            if (i < 3) {
                assertThatThrownBy(() -> history.store("text/plain", text)).isInstanceOf(IndeterminateException.class);
            } else {
                history.store("text/plain", text);
            }
        }
        List<MessageMeta> metas = store.list(bob.caller(), group, 9, Optional.empty(), 100).items().stream()
                .map(m -> org.sekisho.codec.store.MetaCodec.decode(
                        m.content().orElseThrow().meta()))
                .toList();
        assertThat(metas).extracting(MessageMeta::senderSeq).containsExactly(1L, 2L, 3L, 4L);
        assertThat(read(bob)).containsExactly("m0", "m2", "m3", "m4");
        assertThat(orders(items -> items)).containsOnly(Order.FOLLOWS);
    }

    @Test
    void long_messages_are_copied_in_ranges() throws Exception {
        found(History.FULL);
        byte[] plain = new byte[3 << 20];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i * 31);
        }
        StoredMessage stored = history(alice).store("application/pdf", plain);
        try (var entries = history(bob).all()) {
            HistoryEntry entry = entries.next();
            assertThat(entry.state()).isEqualTo(State.READABLE);
            assertThat(entry.content()).isEmpty();
        }
        var out = new ByteArrayOutputStream();
        history(bob).copy(stored.message(), out);
        assertThat(out.toByteArray()).isEqualTo(plain);
    }

    private List<CohortView> cohorts() {
        return store.cohorts(alice.caller(), group);
    }
}
