// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.Statement;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.codec.store.StatementCodec;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.GroupPoint;
import org.sekisho.crypto.pre.JoinSecret;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.crypto.pre.StoredOpener;
import org.sekisho.crypto.schedule.PreRoot;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.testkit.store.MemoryRowStore;

/** Headers follow the epochs: who can read what, before, during and after. */
class MigrationTest {

    @TempDir
    Path keys;

    private World world;

    private World world(History history) {
        world = new World(new MemoryRowStore(), keys, history);
        return world;
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Actor actor(String name) {
        return world.actor(name);
    }

    private void send(String by, int count) {
        for (int i = 0; i < count; i++) {
            actor(by).send(by + " " + world.epoch() + " " + i);
        }
    }

    private CohortView cohort(String reader, long cohort) {
        return actor(reader).store.cohorts(actor(reader).caller, world.group).stream()
                .filter(c -> c.cohort() == cohort)
                .findFirst()
                .orElseThrow();
    }

    /** pre_roundtrip_after_0_1_2_50_epochs, on the store. */
    @Test
    void everything_opens_after_many_epochs() {
        world(History.FULL).commit("alice", "bob");
        send("alice", 3);
        for (int epoch = 2; epoch <= 50; epoch++) {
            // one member is removed on the way: two cohorts
            world.commit(epoch < 25 ? new String[] {"alice", "bob", "carol"} : new String[] {"alice", "bob"});
            world.migrate("alice", "bob");
            send("bob", 1);
        }
        assertThat(actor("bob").readAll().values()).hasSize(52).noneMatch(MigrationTest::notReadable);
        assertThat(world.epoch()).isEqualTo(50);
    }

    /** pre_read_during_migration_by_old_and_new_member */
    @Test
    void old_and_new_members_read_while_the_job_runs() {
        world(History.FULL).commit("alice", "bob");
        send("alice", 520);
        world.commit("alice", "bob", "carol");
        assertThat(actor("bob").readAll().values()).noneMatch(MigrationTest::notReadable);
        assertThat(actor("carol").readAll().values()).containsOnly(Actor.PENDING);
        actor("alice").sponsor();
        assertThat(actor("carol").readAll().values()).containsOnly(Actor.PENDING);
        actor("bob").confirm();
        // confirmed, and not one header turned yet: the newcomer is served by turning on the way
        assertThat(actor("carol").readAll().values()).noneMatch(MigrationTest::notReadable);
        assertThat(world.store.round()).isTrue();
        assertThat(cohort("carol", 1).state()).isEqualTo(CohortView.State.APPLYING);
        for (String reader : List.of("alice", "bob", "carol")) {
            assertThat(actor(reader).readAll().values()).noneMatch(MigrationTest::notReadable);
        }
        world.runJobs();
        assertThat(cohort("carol", 1).state()).isEqualTo(CohortView.State.CURRENT);
        assertThat(headers(1)).allSatisfy(h -> assertThat(h.epoch()).isEqualTo(2));
        for (String reader : List.of("alice", "bob", "carol")) {
            assertThat(actor(reader).readAll().values()).noneMatch(MigrationTest::notReadable);
        }
    }

    /** pre_ex_member_with_tokens_cannot_open_new_cohort; and the old ones only with tokens. */
    @Test
    void who_was_removed_opens_nothing_that_was_written_after() {
        world(History.FULL).commit("alice", "bob", "mallory");
        send("alice", 5);
        world.commit("alice", "bob");
        send("alice", 5);
        Actor mallory = actor("mallory");
        assertThatThrownBy(() -> mallory.readAll()).satisfies(MessageStoreTest.code(ErrorCode.NOT_A_MEMBER));
        // with the whole database and every token ever made
        ReEncryptionToken back;
        try (EpochScalar one = actor("alice").scalar(1, 1);
                EpochScalar two = actor("alice").scalar(1, 2)) {
            back = two.tokenTo(one);
        }
        world.migrate("alice", "bob");
        int old = 0;
        int fresh = 0;
        for (StoredMessage message : stolen()) {
            StoredMessage.Content content = message.content().orElseThrow();
            MessageMeta meta = MetaCodec.decode(content.meta());
            for (long cohort = 1; cohort <= 2; cohort++) {
                try (EpochScalar his = mallory.scalar(cohort, 1)) {
                    // pre_ex_member_with_db_without_tokens_cannot_open_old_cohort
                    assertThat(StoredOpener.opens(meta, his, content.header())).isFalse();
                    Octets turned = back.apply(new GroupPoint(content.header())).bytes();
                    boolean opens = StoredOpener.opens(meta, his, turned);
                    if (meta.cohort() == 2) {
                        assertThat(opens).isFalse();
                        fresh++;
                    } else if (opens) {
                        old++;
                    }
                }
            }
        }
        assertThat(old).isEqualTo(5); // he was entitled to those then: stated in the threat model
        assertThat(fresh).isEqualTo(10);
    }

    /** pre_wrong_token_rejected_by_point_check, pre_garbage_delta_with_matching_point_not_applied */
    @Test
    void a_made_up_token_is_not_applied() {
        world(History.FULL).commit("alice", "bob", "carol");
        send("bob", 3);
        actor("alice").point(1, 1);
        actor("bob").point(1, 1);
        world.commit("alice", "bob", "carol");
        Actor alice = actor("alice");
        try (EpochScalar one = alice.scalar(1, 1);
                EpochScalar two = alice.scalar(1, 2);
                EpochScalar other = EpochScalar.derive(
                        new PreRoot(SecretBytes.take(new SystemEntropy().next(32))),
                        world.group,
                        1,
                        Optional.empty())) {
            ReEncryptionToken garbage = one.tokenTo(other);
            // does not lead to the true point
            assertThatThrownBy(() -> alice.submit(1, 1, 2, garbage, two.point().bytes()))
                    .satisfies(MessageStoreTest.code(ErrorCode.BAD_HEADER));
            // leads to a point that nobody else derives
            alice.submit(1, 1, 2, garbage, other.point().bytes());
        }
        actor("bob").confirm();
        actor("carol").confirm();
        world.runJobs();
        assertThat(headers(1)).allSatisfy(h -> assertThat(h.epoch()).isEqualTo(1));
        assertThat(cohort("bob", 1).state()).isEqualTo(CohortView.State.WAITING);
        // an honest sponsor takes over
        actor("bob").token(1, 1, 2);
        actor("carol").confirm();
        world.runJobs();
        assertThat(headers(1)).allSatisfy(h -> assertThat(h.epoch()).isEqualTo(2));
        assertThat(actor("carol").readAll().values()).noneMatch(MigrationTest::notReadable);
    }

    /** A member who is to be removed must not keep headers where it can open them, by taking every place with wrong words. */
    @Test
    void wrong_words_of_one_member_do_not_keep_the_others_from_being_heard() throws Exception {
        world(History.FULL).commit("alice", "bob", "mallory");
        send("bob", 3);
        world.commit("alice", "bob", "mallory");
        Actor mallory = actor("mallory");
        try (EpochScalar one = mallory.scalar(1, 1);
                EpochScalar two = mallory.scalar(1, 2);
                ReEncryptionToken genuine = one.tokenTo(two)) {
            for (int i = 0; i < 8; i++) {
                int n = i;
                try (EpochScalar other = EpochScalar.derive(
                                new PreRoot(SecretBytes.take(new SystemEntropy().next(32))),
                                world.group,
                                1,
                                Optional.empty());
                        ReEncryptionToken garbage = one.tokenTo(other)) {
                    Octets wrong = other.point().bytes();
                    ThrowingCallable token = () -> mallory.submit(1, 1, 2, n == 0 ? genuine : garbage, wrong);
                    ThrowingCallable point =
                            () -> mallory.state(new Statement.Point(world.group, 1, 1, wrong, mallory.leaf));
                    for (ThrowingCallable words : List.of(token, point)) {
                        if (n < 4) {
                            assertThatCode(words).doesNotThrowAnyException();
                        } else {
                            assertThatThrownBy(words).satisfies(MessageStoreTest.code(ErrorCode.LIMIT_EXCEEDED));
                        }
                    }
                }
            }
        }
        // refused tokens leave no key behind
        assertThat(keyFiles()).isEqualTo(4);
        world.commit("alice", "bob");
        actor("alice").token(1, 1, 2);
        actor("bob").confirm();
        actor("alice").token(1, 2, 3);
        actor("bob").confirm();
        world.runJobs();
        assertThat(headers(1)).allSatisfy(h -> assertThat(h.epoch()).isEqualTo(3));
        assertThat(actor("alice").readAll().values()).noneMatch(MigrationTest::notReadable);
    }

    /** F12: the submitter's own second device does not count while there is another member. */
    @Test
    void a_token_waits_for_another_members_word() {
        world(History.FULL).commit("alice", "bob");
        send("alice", 2);
        world.commit("alice", "bob", "carol");
        actor("alice").sponsor();
        actor("alice").confirm();
        world.runJobs();
        assertThat(cohort("alice", 1).tokens()).singleElement().satisfies(t -> {
            assertThat(t.state()).isEqualTo(TokenState.VERIFIED);
            assertThat(t.waitsFor()).contains("another member");
        });
        actor("bob").confirm();
        world.runJobs();
        assertThat(cohort("alice", 1).state()).isEqualTo(CohortView.State.CURRENT);
    }

    /** pre_tokens_destroyed_after_grace */
    @Test
    void tokens_are_destroyed_after_grace_and_a_members_word() throws Exception {
        world(History.FULL).commit("alice", "bob");
        send("alice", 2);
        world.commit("alice", "bob", "carol");
        world.migrate("alice", "bob");
        assertThat(keyFiles()).isEqualTo(1);
        world.pass(Duration.ofHours(25));
        world.store.sweep(Duration.ofHours(25));
        // time alone does not destroy: nobody said that anything opens
        assertThat(keyFiles()).isEqualTo(1);
        assertThat(world.store.status(actor("bob").caller, world.group).alarms())
                .isNotEmpty();
        actor("alice").vouch(); // the submitter's own word is not enough
        world.store.sweep(Duration.ofSeconds(1));
        assertThat(keyFiles()).isEqualTo(1);
        actor("carol").vouch();
        world.store.sweep(Duration.ofSeconds(1));
        assertThat(keyFiles()).isZero();
        assertThat(cohort("bob", 1).tokens()).isEmpty();
        assertThat(world.store.status(actor("bob").caller, world.group).alarms())
                .isEmpty();
        assertThat(actor("carol").readAll().values()).noneMatch(MigrationTest::notReadable);
    }

    /** A clock that jumps ahead destroys nothing (R27). */
    @Test
    void a_jump_of_the_clock_destroys_nothing() throws Exception {
        world(History.FULL).commit("alice", "bob");
        send("alice", 2);
        world.commit("alice", "bob", "carol");
        world.migrate("alice", "bob");
        actor("carol").vouch();
        world.pass(Duration.ofDays(3));
        world.store.sweep(Duration.ofMinutes(1));
        assertThat(keyFiles()).isEqualTo(1);
    }

    /** pre_undo_restores_headers */
    @Test
    void undoing_restores_headers_and_spares_what_was_written_since() {
        world(History.FULL).commit("alice", "bob");
        send("alice", 600);
        List<Octets> before = headers(1).stream().map(HeaderRow::header).toList();
        world.commit("alice", "bob", "carol");
        world.migrate("alice", "bob");
        send("bob", 3);
        List<Octets> native3 =
                headers(1).stream().skip(600).map(HeaderRow::header).toList();
        assertThatThrownBy(() -> actor("bob").state(undo("bob"))).satisfies(MessageStoreTest.code(ErrorCode.FORBIDDEN));
        actor("alice").state(undo("alice"));
        world.runJobs();
        assertThat(headers(1).stream().limit(600).map(HeaderRow::header)).isEqualTo(before);
        assertThat(headers(1).stream().skip(600).map(HeaderRow::header)).isEqualTo(native3);
        assertThat(actor("bob").readAll().values()).noneMatch(MigrationTest::notReadable);
        assertThat(world.audited).anyMatch(a -> a.startsWith("store-undo"));
        // and forward again, by another sponsor
        world.commit("alice", "bob", "carol");
        world.migrate("bob", "alice", "carol");
        assertThat(actor("carol").readAll().values()).noneMatch(MigrationTest::notReadable);
    }

    private Statement undo(String by) {
        return new Statement.Undo(world.group, 1, 1, 2, "wrong", actor(by).leaf);
    }

    /** pre_from_join_policy_newcomer_cannot_read_history_until_granted */
    @Test
    void under_from_join_a_newcomer_reads_from_his_joining_and_what_is_granted() {
        world(History.FROM_JOIN).commit("alice", "bob");
        send("alice", 3);
        world.commit("alice", "bob", "carol");
        send("alice", 2);
        world.migrate("alice", "bob", "carol");
        Actor carol = actor("carol");
        assertThat(carol.readAll().values()).containsExactly("alice 2 0", "alice 2 1");
        // with the whole database: the root of her epoch is not enough without the join secret
        for (StoredMessage message : stolen()) {
            MessageMeta meta = MetaCodec.decode(message.content().orElseThrow().meta());
            if (meta.cohort() == 1) {
                try (EpochScalar hers = EpochScalar.derive(carol.roots.get(2L), world.group, 1, Optional.empty())) {
                    assertThat(StoredOpener.opens(
                                    meta, hers, message.content().get().header()))
                            .isFalse();
                }
            }
        }
        grant("bob", "carol", 1);
        assertThat(world.audited).contains("history-grant: cohort 1 to " + carol.leaf);
        takeGrants(carol);
        assertThat(carol.readAll().values()).hasSize(5).noneMatch(MigrationTest::notReadable);
    }

    /** pre_from_join_recent_sponsor_old_cohort_still_migrates */
    @Test
    void an_old_cohort_is_moved_by_any_member_who_can() {
        world(History.FROM_JOIN).commit("alice", "bob");
        send("alice", 3);
        world.commit("alice", "bob", "carol");
        send("carol", 3);
        // carol sponsors everything she can: her own cohort is current, the old one is not hers
        actor("carol").sponsor();
        world.runJobs();
        assertThat(cohort("carol", 1).state()).isEqualTo(CohortView.State.WAITING);
        assertThatThrownBy(() -> actor("carol")
                        .state(new Statement.Point(
                                world.group,
                                1,
                                2,
                                actor("alice").scalar(1, 2).point().bytes(),
                                actor("carol").leaf)))
                .satisfies(MessageStoreTest.code(ErrorCode.FORBIDDEN));
        world.migrate("bob", "alice");
        assertThat(cohort("carol", 1).state()).isEqualTo(CohortView.State.CURRENT);
        assertThat(actor("alice").readAll().values()).hasSize(6).noneMatch(MigrationTest::notReadable);
    }

    /** pre_substituted_J_rejected */
    @Test
    void a_join_secret_that_gives_another_point_is_refused() {
        world(History.FROM_JOIN).commit("alice", "bob");
        send("alice", 1);
        world.commit("alice", "bob", "carol");
        world.migrate("alice", "bob");
        Actor bob = actor("bob");
        bob.joins.put(1L, JoinSecret.of(SecretBytes.take(new byte[32])));
        grant("bob", "carol", 1);
        Actor carol = actor("carol");
        takeGrants(carol);
        assertThat(carol.joins).doesNotContainKey(1L);
    }

    @Test
    void a_cohort_whose_members_are_gone_is_orphaned() {
        world(History.FROM_JOIN).commit("alice", "bob");
        send("alice", 1);
        world.commit("alice", "bob", "carol");
        send("alice", 1);
        world.commit("carol");
        assertThat(cohort("carol", 1).state()).isEqualTo(CohortView.State.ORPHANED);
        assertThat(cohort("carol", 2).state()).isEqualTo(CohortView.State.WAITING);
    }

    /** pre_late_writer_stale_epoch, late_writer_across_removal_refused */
    @Test
    void late_writers() {
        world(History.FULL).commit("alice", "bob");
        send("alice", 1);
        Deposit late = actor("bob").seal("late".getBytes(StandardCharsets.UTF_8), 1);
        Deposit later = actor("bob").seal("later".getBytes(StandardCharsets.UTF_8), 1);
        world.commit("alice", "bob", "carol");
        world.migrate("alice", "bob");
        Actor bob = actor("bob");
        world.pass(Duration.ofSeconds(30));
        StoredMessage stored = bob.store.deposit(bob.caller, world.group, late);
        assertThat(actor("carol").open(bob.store.message(bob.caller, world.group, stored.message(), 2)))
                .isEqualTo("late");
        assertThat(headers(1)).allSatisfy(h -> assertThat(h.epoch()).isEqualTo(2));
        world.pass(Duration.ofSeconds(31));
        assertThatThrownBy(() -> bob.store.deposit(bob.caller, world.group, later))
                .satisfies(MessageStoreTest.code(ErrorCode.STALE_EPOCH));
        // across a removal there is no window at all
        Deposit before = bob.seal("before".getBytes(StandardCharsets.UTF_8), 2);
        world.commit("alice", "bob");
        assertThatThrownBy(() -> bob.store.deposit(bob.caller, world.group, before))
                .satisfies(MessageStoreTest.code(ErrorCode.STALE_EPOCH));
    }

    /** Who never heard the answer sends the same again, however late: a refusal would make it store the text twice. */
    @Test
    void a_deposit_that_comes_again_in_a_later_epoch_or_cohort_is_answered_with_what_is_there() {
        world(History.FULL).commit("alice", "bob");
        Actor bob = actor("bob");
        Deposit deposit = bob.seal("once".getBytes(StandardCharsets.UTF_8), 1);
        StoredMessage first = bob.store.deposit(bob.caller, world.group, deposit);
        world.commit("alice", "bob", "carol");
        world.migrate("alice", "bob");
        world.pass(Duration.ofSeconds(61));
        StoredMessage again = bob.store.deposit(bob.caller, world.group, deposit);
        assertThat(again.n()).isEqualTo(first.n());
        assertThat(again.hash()).isEqualTo(first.hash());
        world.commit("alice", "bob");
        assertThat(bob.store.deposit(bob.caller, world.group, deposit).n()).isEqualTo(first.n());
        assertThat(actor("bob").readAll()).hasSize(1);
    }

    /** The sponsor is gone for several epochs, members write on: headers at several epochs of one cohort. */
    @Test
    void a_missing_token_is_made_up_for_later() {
        world(History.FULL).commit("alice", "bob");
        send("alice", 4);
        world.commit("alice", "bob", "carol");
        send("bob", 4);
        world.commit("alice", "bob", "carol", "dave");
        send("carol", 4);
        assertThat(cohort("bob", 1).headerEpochs()).containsExactly(1L, 2L, 3L);
        world.migrate("bob", "alice", "carol");
        assertThat(cohort("dave", 1).headerEpochs()).containsExactly(3L);
        assertThat(actor("dave").readAll().values()).hasSize(12).noneMatch(MigrationTest::notReadable);
    }

    @Test
    void tokens_chain_while_an_earlier_one_is_still_at_work() {
        world(History.FULL).commit("alice", "bob");
        send("alice", 510);
        world.commit("alice", "bob", "carol");
        actor("alice").sponsor();
        actor("bob").confirm();
        assertThat(world.store.round()).isTrue();
        world.commit("alice", "bob", "carol", "dave");
        actor("bob").sponsor();
        actor("alice").confirm();
        assertThat(actor("dave").readAll().values()).hasSize(510).noneMatch(MigrationTest::notReadable);
        world.runJobs();
        assertThat(cohort("dave", 1).headerEpochs()).containsExactly(3L);
        assertThat(actor("dave").readAll().values()).hasSize(510).noneMatch(MigrationTest::notReadable);
    }

    @Test
    void lazy_keeps_tokens_and_turns_at_each_read() throws Exception {
        world = new World(new MemoryRowStore(), keys, History.FULL, true);
        world.commit("alice", "bob");
        send("alice", 3);
        for (int epoch = 2; epoch <= 6; epoch++) {
            world.commit("alice", "bob", "carol");
            world.migrate("alice", "bob");
            send("bob", 1);
        }
        assertThat(headers(1).stream().limit(3))
                .allSatisfy(h -> assertThat(h.epoch()).isEqualTo(1));
        assertThat(actor("carol").readAll().values()).hasSize(8).noneMatch(MigrationTest::notReadable);
        world.pass(Duration.ofDays(90));
        world.store.sweep(Duration.ofDays(90));
        assertThat(keyFiles()).isEqualTo(5);
        assertThat(world.store.status(actor("bob").caller, world.group).alarms())
                .isNotEmpty();
    }

    /** pre_server_dump_contains_no_key */
    @Test
    void the_database_holds_no_key() {
        world(History.FROM_JOIN).commit("alice", "bob");
        send("alice", 3);
        world.commit("alice", "bob", "carol");
        world.migrate("alice", "bob");
        grant("alice", "carol", 1);
        Actor alice = actor("alice");
        List<byte[]> secrets = new java.util.ArrayList<>();
        alice.roots.values().forEach(r -> secrets.add(r.bytes().expose()));
        alice.joins.values().forEach(j -> secrets.add(j.expose().expose()));
        try (EpochScalar one = alice.scalar(1, 1);
                EpochScalar two = alice.scalar(1, 2)) {
            secrets.add(one.tokenTo(two).expose().expose());
        }
        secrets.add("alice 1 0".getBytes(StandardCharsets.UTF_8));
        int rows = 0;
        for (Table table : Table.values()) {
            for (Octets scope : world.rows.scopes(table, Octets.EMPTY, 100)) {
                for (Row row : world.rows.read(scope, tx -> tx.scan(table, Octets.EMPTY, Octets.EMPTY, 10_000))) {
                    rows++;
                    for (byte[] secret : secrets) {
                        String hex = Octets.of(secret).hex();
                        assertThat(row.key().hex()).doesNotContain(hex);
                        assertThat(row.value().hex()).doesNotContain(hex);
                    }
                }
            }
        }
        assertThat(rows).isGreaterThan(10);
    }

    @Test
    void statements_must_be_the_callers_own_and_signed() {
        world(History.FULL).commit("alice", "bob");
        send("alice", 1);
        Actor alice = actor("alice");
        Actor bob = actor("bob");
        Statement point = new Statement.Point(
                world.group, 1, 1, alice.scalar(1, 1).point().bytes(), alice.leaf);
        assertThatThrownBy(() -> bob.store.state(bob.caller, world.group, alice.signed(point)))
                .satisfies(MessageStoreTest.code(ErrorCode.FORBIDDEN));
        Octets forged = bob.signed(point);
        assertThatThrownBy(() -> alice.store.state(alice.caller, world.group, forged))
                .satisfies(MessageStoreTest.code(ErrorCode.BAD_SIGNATURE));
        Statement bad = new Statement.Point(world.group, 1, 1, Octets.of(new byte[32]), alice.leaf);
        assertThatThrownBy(() -> alice.state(bad)).satisfies(MessageStoreTest.code(ErrorCode.BAD_HEADER));
        Statement future = new Statement.Point(
                world.group, 1, 9, alice.scalar(1, 1).point().bytes(), alice.leaf);
        assertThatThrownBy(() -> alice.state(future)).satisfies(MessageStoreTest.code(ErrorCode.STALE_EPOCH));
    }

    @Test
    void what_was_seen_last_of_a_removed_leaf_is_kept_for_everybody() {
        world(History.FULL).commit("alice", "bob", "mallory");
        StoredMessage last = actor("mallory").send("bye");
        Statement seen =
                new Statement.LastSeen(world.group, actor("mallory").leaf, 1, last.hash(), actor("alice").leaf);
        assertThatThrownBy(() -> actor("alice").state(seen))
                .satisfies(MessageStoreTest.code(ErrorCode.POLICY_VIOLATION));
        world.commit("alice", "bob");
        actor("alice").state(seen);
        actor("alice").state(seen);
        Actor bob = actor("bob");
        List<KeptStatement> kept = bob.store.statements(bob.caller, world.group, 0, 100);
        assertThat(kept).hasSize(1);
        assertThat(StatementCodec.decodeSigned(kept.get(0).statement()).statement())
                .isEqualTo(seen);
    }

    private void grant(String by, String to, long cohort) {
        Actor granter = actor(by);
        Actor grantee = actor(to);
        Octets context = Cbor.encode(world.group, cohort, grantee.leaf);
        try (SecretBytes secret = granter.joins.get(cohort).expose()) {
            Octets sealed = Hpke.seal(grantee.hpke.publicKey(), "pre J grant", context, secret, new SystemEntropy());
            granter.state(new Statement.Grant(world.group, cohort, grantee.leaf, sealed, granter.leaf));
        }
    }

    /** As the client does: the secret counts only if it gives a confirmed point. */
    private void takeGrants(Actor grantee) {
        for (KeptStatement kept : grantee.store.statements(grantee.caller, world.group, 0, 100)) {
            Statement.Grant grant = (Statement.Grant)
                    StatementCodec.decodeSigned(kept.statement()).statement();
            Octets context = Cbor.encode(world.group, grant.cohort(), grantee.leaf);
            JoinSecret secret = JoinSecret.of(Hpke.open(grantee.hpke, "pre J grant", context, grant.sealed()));
            long epoch = world.epoch();
            try (EpochScalar scalar =
                    EpochScalar.derive(grantee.roots.get(epoch), world.group, grant.cohort(), Optional.of(secret))) {
                boolean confirmed = cohort(grantee.name, grant.cohort()).points().stream()
                        .anyMatch(p -> p.epoch() == epoch
                                && p.confirmed()
                                && p.point().equals(scalar.point().bytes()));
                if (confirmed) {
                    grantee.joins.put(grant.cohort(), secret);
                }
            } catch (AuthenticationFailedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private List<HeaderRow> headers(long cohort) {
        return world.rows.read(
                Scopes.of(world.group),
                (RowTx tx) -> tx.scan(Table.HEADER, HeaderRow.prefix(cohort), Octets.EMPTY, 10_000).stream()
                        .map(row -> HeaderRow.decode(row.value()))
                        .toList());
    }

    /** The whole store, as a thief of the database has it. */
    private List<StoredMessage> stolen() {
        return actor("alice")
                .store
                .list(actor("alice").caller, world.group, 1_000, Optional.empty(), 500)
                .items();
    }

    private long keyFiles() throws Exception {
        try (Stream<Path> files = Files.list(keys)) {
            return files.count();
        }
    }

    static boolean notReadable(String text) {
        return List.of(Actor.CORRUPT, Actor.PENDING).contains(text);
    }
}
