// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.testkit.store.MemoryRowStore;

/** Deposits and reads within one epoch, and what is refused. */
class MessageStoreTest {

    @TempDir
    Path keys;

    private World world;
    private Actor alice;
    private Actor bob;

    @BeforeEach
    void found() {
        world = new World(new MemoryRowStore(), keys, History.FULL);
        world.commit("alice", "bob");
        alice = world.actor("alice");
        bob = world.actor("bob");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void members_read_what_members_wrote_in_order() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            (i % 2 == 0 ? alice : bob).send("message " + i);
            texts.add("message " + i);
        }
        assertThat(bob.readAll().values()).containsExactlyElementsOf(texts);
    }

    @Test
    void long_messages_come_in_ranges() {
        for (int size : new int[] {0, 1, 4080, 4081, MessageMeta.CHUNK, MessageMeta.CHUNK + 1, 9 * MessageMeta.CHUNK}) {
            byte[] plain = new byte[size];
            Arrays.fill(plain, (byte) 'x');
            StoredMessage stored = alice.send(plain, 1);
            assertThat(bob.open(bob.store.message(bob.caller, world.group, stored.message(), 1)))
                    .isEqualTo(new String(plain, UTF_8));
        }
        assertThat(world.rows.scopes(org.sekisho.api.store.Table.CHUNK, Octets.EMPTY, 10))
                .hasSize(1);
    }

    @Test
    void the_same_again_is_one_message_and_another_of_its_id_is_refused() {
        Deposit deposit = alice.seal("once".getBytes(UTF_8), 1);
        StoredMessage first = alice.store.deposit(alice.caller, world.group, deposit);
        assertThat(alice.store.deposit(alice.caller, world.group, deposit)).isEqualTo(first);
        assertThat(bob.readAll()).hasSize(1);
    }

    @Test
    void outsiders_are_refused() {
        Actor mallory = world.actor("mallory");
        assertThatThrownBy(() -> mallory.store.list(mallory.caller, world.group, 1, Optional.empty(), 10))
                .satisfies(code(ErrorCode.NOT_A_MEMBER));
        Deposit deposit = alice.seal("hers".getBytes(UTF_8), 1);
        assertThatThrownBy(() -> bob.store.deposit(bob.caller, world.group, deposit))
                .satisfies(code(ErrorCode.FORBIDDEN));
    }

    @Test
    void a_deposit_must_be_what_its_author_signed() {
        Deposit good = alice.seal("text".getBytes(UTF_8), 1);
        Octets chunk = good.chunks().get(0);
        byte[] changed = chunk.toByteArray();
        changed[0] ^= 1;
        refused(
                new Deposit(
                        good.meta(), good.signature(), good.hashes(), 1, good.header(), List.of(Octets.of(changed))),
                ErrorCode.MALFORMED);
        byte[] signature = good.signature().toByteArray();
        signature[0] ^= 1;
        refused(
                new Deposit(good.meta(), Octets.of(signature), good.hashes(), 1, good.header(), good.chunks()),
                ErrorCode.BAD_SIGNATURE);
        refused(
                new Deposit(good.meta(), good.signature(), good.hashes(), 1, Octets.of(new byte[32]), good.chunks()),
                ErrorCode.BAD_HEADER);
        byte[] twist = new byte[32];
        twist[0] = 2;
        refused(
                new Deposit(good.meta(), good.signature(), good.hashes(), 1, Octets.of(twist), good.chunks()),
                ErrorCode.BAD_HEADER);
        refused(
                new Deposit(good.meta(), good.signature(), List.of(), 1, good.header(), good.chunks()),
                ErrorCode.MALFORMED);
        refused(
                new Deposit(good.meta(), good.signature(), good.hashes(), 1, good.header(), List.of()),
                ErrorCode.MALFORMED);
        refused(
                new Deposit(good.meta(), good.signature(), good.hashes(), 2, good.header(), good.chunks()),
                ErrorCode.STALE_EPOCH);
        assertThat(bob.readAll()).isEmpty();
    }

    /** pre_swapped_headers_detected, pre_corrupted_header_reported_as_HEADER_CORRUPT_not_body_error */
    @Test
    void exchanged_headers_show() {
        StoredMessage one = alice.send("one");
        StoredMessage two = alice.send("two");
        StoredMessage.Content a = one.content().orElseThrow();
        Octets header = two.content().orElseThrow().header();
        var swapped =
                new StoredMessage.Content(a.meta(), a.signature(), a.hashes(), a.headerEpoch(), header, a.chunks());
        assertThat(bob.open(new StoredMessage(1, one.message(), one.hash(), Optional.of(swapped), one.at())))
                .isEqualTo(Actor.CORRUPT);
    }

    @Test
    void a_deleted_message_leaves_a_tombstone() {
        StoredMessage hers = alice.send("hers");
        StoredMessage his = bob.send("his");
        assertThatThrownBy(() -> bob.store.delete(bob.caller, world.group, hers.message()))
                .satisfies(code(ErrorCode.FORBIDDEN));
        alice.store.delete(alice.caller, world.group, hers.message());
        alice.store.delete(alice.caller, world.group, his.message()); // she is an administrator
        alice.store.delete(alice.caller, world.group, his.message());
        bob.send("stays");
        assertThat(bob.readAll().values()).containsExactly(Actor.DELETED, Actor.DELETED, "stays");
        assertThatThrownBy(() -> bob.store.chunks(bob.caller, world.group, hers.message(), 0, 1))
                .satisfies(code(ErrorCode.NOT_FOUND));
    }

    @Test
    void pages_are_walked_by_an_opaque_cursor() {
        for (int i = 0; i < 7; i++) {
            alice.send("m" + i);
        }
        Page<StoredMessage> first = bob.store.list(bob.caller, world.group, 1, Optional.empty(), 5);
        assertThat(first.items()).hasSize(5);
        Page<StoredMessage> second = bob.store.list(bob.caller, world.group, 1, first.next(), 5);
        assertThat(second.items()).hasSize(2);
        assertThat(second.next()).isEmpty();
        assertThatThrownBy(() -> bob.store.list(bob.caller, world.group, 1, Optional.of("!"), 5))
                .satisfies(code(ErrorCode.MALFORMED));
    }

    @Test
    void uploads_are_their_owners_and_are_forgotten() {
        MessageId id = new MessageId(Octets.of(new byte[16]));
        alice.store.upload(alice.caller, world.group, id, 0, false, Octets.of(new byte[100]));
        assertThatThrownBy(() -> bob.store.upload(bob.caller, world.group, id, 1, true, Octets.of(new byte[100])))
                .satisfies(code(ErrorCode.FORBIDDEN));
        world.pass(Duration.ofHours(25));
        world.store.sweep(Duration.ofHours(25));
        bob.store.upload(bob.caller, world.group, id, 1, true, Octets.of(new byte[100]));
    }

    @Test
    void meta_names_what_the_store_needs_and_nothing_of_the_text() {
        StoredMessage stored = alice.send("secret words");
        MessageMeta meta = MetaCodec.decode(stored.content().orElseThrow().meta());
        assertThat(meta.plainLength()).isEqualTo(12);
        assertThat(meta.senderSeq()).isEqualTo(1);
    }

    private void refused(Deposit deposit, ErrorCode code) {
        assertThatThrownBy(() -> alice.store.deposit(alice.caller, world.group, deposit))
                .satisfies(code(code));
    }

    static org.assertj.core.api.ThrowingConsumer<Throwable> code(ErrorCode code) {
        return e -> assertThat(((SekishoException) e).code()).isEqualTo(code);
    }
}
