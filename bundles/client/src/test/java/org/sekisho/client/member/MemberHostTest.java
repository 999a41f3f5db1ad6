// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.client.member.World.Person;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.MemberView;

/** Members, a real gateway host and the two-random scheme, end to end in one thread. */
class MemberHostTest {

    @TempDir
    Path directory;

    World world;
    Person alice;
    Person bob;
    Person carol;
    GroupId group;

    @BeforeEach
    void three() {
        world = new World(directory);
        alice = world.enrol("Alice");
        bob = world.enrol("Bob");
        carol = world.enrol("Carol");
        group = alice.found(world.policy(alice));
        alice.invite(group, bob);
        alice.invite(group, carol);
    }

    /** The server gives out at most one RN2 a second. */
    private void renew() {
        world.pass(Duration.ofSeconds(2));
        alice.host.request(group, "renew", Cbor.encode());
        world.settle();
    }

    /** R13. */
    @Test
    void a_damaged_group_does_not_keep_a_member_out_of_the_others() {
        GroupId other = bob.found(world.policy(bob));
        bob.rows.transact(other.value(), tx -> {
            tx.put(
                    org.sekisho.api.store.Table.GROUP,
                    org.sekisho.api.Octets.utf8("state"),
                    org.sekisho.api.Octets.utf8("?"));
            return tx;
        });
        bob.restart();
        assertThat(bob.host.damaged()).containsOnlyKeys(other);
        bob.host.tick();
        bob.send(group, "still here");
        carol.receive(group);
        assertThat(carol.host.view(group).cursor()).isPositive();
    }

    @Test
    void founder_has_an_epoch_at_once() {
        Person dave = world.enrol("Dave");
        GroupId own = dave.found(world.policy(dave));
        assertThat(dave.host.view(own).epoch()).isEqualTo(1);
        assertThat(dave.host.view(own).keyed()).isTrue();
    }

    @Test
    void three_members_share_the_epoch() {
        assertThat(alice.host.view(group).roster().roster().entries()).hasSize(3);
        for (Person person : world.persons.values()) {
            assertThat(person.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
            assertThat(person.host.view(group).keyed()).isTrue();
            assertThat(person.host.view(group).safetyNumber())
                    .isEqualTo(alice.host.view(group).safetyNumber());
            assertThat(person.alarms()).isEmpty();
        }
    }

    @Test
    void messages_reach_the_others_once_and_in_order() {
        alice.send(group, "one");
        bob.send(group, "two");
        alice.send(group, "three");
        world.settle();
        assertThat(alice.heard()).containsExactly("two");
        assertThat(bob.heard()).containsExactly("one", "three");
        assertThat(carol.heard()).containsExactly("one", "two", "three");
    }

    @Test
    void removed_member_reads_nothing_sent_later() {
        alice.send(group, "before");
        world.settle();
        alice.remove(group, bob);
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        assertThat(carol.host.view(group).roster().roster().contains(bob.leaf()))
                .isFalse();
        alice.send(group, "after");
        List<LogEntry> all = world.gateway.read(carol.caller(), group, 0, 100);
        bob.host.take(group, all);
        world.settle();
        assertThat(bob.heard()).containsExactly("before");
        assertThat(carol.heard()).containsExactly("before", "after");
        assertThat(bob.epochKeys()).satisfies(keys -> assertThat(keys.ids()).isEmpty());
        assertThatThrownBy(() -> bob.send(group, "me too")).isInstanceOf(DeniedException.class);
    }

    @Test
    void newcomer_reads_nothing_sent_earlier() {
        alice.send(group, "early");
        world.settle();
        Person dave = world.enrol("Dave");
        alice.invite(group, dave);
        assertThat(dave.host.view(group).keyed()).isTrue();
        List<LogEntry> all = world.gateway.read(alice.caller(), group, 0, 100);
        dave.host.take(group, all);
        alice.send(group, "late");
        world.settle();
        assertThat(dave.heard()).containsExactly("late");
        assertThat(dave.alarms()).isEmpty();
    }

    @Test
    void newcomer_given_the_whole_log_opens_nothing_earlier() {
        alice.send(group, "early");
        world.settle();
        Person dave = world.enrol("Dave");
        world.shown = entries -> entries;
        dave.accepting = false;
        alice.invite(group, dave);
        dave.join(dave.host.invitations().get(0));
        // all others settle; Dave's gateway shows everything from the beginning
        dave.online = false;
        dave.host.outbox(group, 10).forEach(out -> {
            dave.send(out);
            dave.host.sent(out);
        });
        world.settle();
        assertThat(dave.host.catchUp(group, GroupChain.of(page -> world.gateway.chain(dave.caller(), group, page))))
                .isTrue();
        dave.host.take(group, world.gateway.read(alice.caller(), group, 0, 100));
        dave.online = true;
        world.settle();
        assertThat(dave.heard()).isEmpty();
        assertThat(dave.host.view(group).unopened()).isEqualTo(1);
    }

    @Test
    void log_shown_twice_is_taken_once() {
        world.shown = entries -> {
            List<LogEntry> twice = new ArrayList<>(entries);
            twice.addAll(entries);
            return twice;
        };
        alice.send(group, "one");
        alice.send(group, "two");
        world.settle();
        carol.host.take(group, world.gateway.read(carol.caller(), group, 0, 100));
        world.settle();
        assertThat(carol.heard()).containsExactly("one", "two");
        assertThat(carol.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
    }

    @Test
    void replayed_under_new_numbers_is_refused() {
        alice.send(group, "one");
        world.settle();
        long head = carol.host.cursor(group);
        List<LogEntry> again = world.gateway.read(carol.caller(), group, 0, 100).stream()
                .map(e -> new LogEntry(head + e.n(), e.kind(), e.bytes(), e.slice(), e.at()))
                .toList();
        MemberView before = carol.host.view(group);
        carol.host.take(group, again);
        carol.turn();
        assertThat(carol.heard()).containsExactly("one");
        assertThat(carol.host.view(group).epochHash()).isEqualTo(before.epochHash());
        assertThat(carol.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
    }

    @Test
    void reordered_messages_of_a_log_are_delivered_as_shown_and_only_once() {
        alice.send(group, "one");
        alice.send(group, "two");
        alice.send(group, "three");
        carol.online = false;
        world.settle();
        List<LogEntry> news = world.gateway.read(carol.caller(), group, carol.host.cursor(group), 100);
        List<LogEntry> reversed = new ArrayList<>();
        List<LogEntry> contents = new ArrayList<>(news);
        Collections.reverse(contents);
        for (int i = 0; i < news.size(); i++) {
            LogEntry content = contents.get(i);
            reversed.add(new LogEntry(news.get(i).n(), content.kind(), content.bytes(), content.slice(), content.at()));
        }
        carol.host.take(group, reversed);
        carol.online = true;
        world.settle();
        assertThat(carol.heard()).containsExactly("three", "two", "one");
    }

    @Test
    void tampered_entries_change_nothing_and_stop_nothing() {
        carol.online = false;
        alice.send(group, "one");
        renew();
        alice.send(group, "two");
        world.settle();
        for (LogEntry entry : world.gateway.read(carol.caller(), group, carol.host.cursor(group), 100)) {
            byte[] bytes = entry.bytes().toByteArray();
            bytes[bytes.length - 7] ^= 1;
            carol.host.take(
                    group, List.of(new LogEntry(entry.n(), entry.kind(), Octets.of(bytes), entry.slice(), entry.at())));
        }
        carol.online = true;
        world.settle();
        assertThat(carol.heard()).isEmpty();
        assertThat(carol.host.view(group).refused()).isPositive();
        assertThat(carol.host.view(group).unopened()).isEqualTo(2);
        assertThat(carol.host.view(group).epoch())
                .isLessThan(alice.host.view(group).epoch());
    }

    @Test
    void two_commits_of_one_epoch_are_a_fork() {
        EpochCommit genuine = GroupChain.of(page -> world.gateway.chain(alice.caller(), group, page)).commits().stream()
                .map(EpochCodec::decodeSigned)
                .reduce((a, b) -> b)
                .map(SignedCommit::commit)
                .orElseThrow();
        byte[] otherTag = genuine.confirmTag().toByteArray();
        otherTag[0] ^= 1;
        carol.host.take(group, List.of(commitOf(bob, genuine, Octets.of(otherTag), carol.host.cursor(group) + 1)));
        carol.turn();
        assertThat(carol.host.view(group).status()).isEqualTo(MemberStatus.FORKED);
        assertThat(carol.alarms()).contains("FORK");
        assertThatThrownBy(() -> carol.send(group, "x"))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORK_DETECTED));
        world.settle();
        assertThat(alice.alarms()).contains("COMPLAINT_FORK");
    }

    @Test
    void commit_of_an_outsider_is_refused() {
        Person mallory = world.enrol("Mallory");
        EpochCommit genuine = GroupChain.of(page -> world.gateway.chain(alice.caller(), group, page)).commits().stream()
                .map(EpochCodec::decodeSigned)
                .reduce((a, b) -> b)
                .map(SignedCommit::commit)
                .orElseThrow();
        carol.host.take(group, List.of(commitOf(mallory, genuine, genuine.confirmTag(), carol.host.cursor(group) + 1)));
        assertThat(carol.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
        assertThat(carol.host.view(group).refused()).isPositive();
    }

    private LogEntry commitOf(Person sponsor, EpochCommit like, Octets tag, long n) {
        EpochCommit commit = new EpochCommit(like.header(), tag, sponsor.leaf());
        Octets encoded = EpochCodec.encode(commit);
        Octets body = EpochCodec.encode(
                new SignedCommit(commit, encoded, sponsor.identity.signing().sign("epoch commit", encoded)));
        return Forgery.entry(sponsor, group, n, "host/commit", body);
    }

    @Test
    void old_epoch_secret_and_sender_root_gone_after_window() {
        long epoch = carol.host.view(group).epoch();
        Octets sealedEarly = alice.host.seal(group, "text/plain", "on its way".getBytes());
        renew();
        assertThat(carol.host.view(group).epoch()).isEqualTo(epoch + 1);
        try (SecretBytes early = carol.host.export(group, epoch, "x", Cbor.encode(), 32)) {
            assertThat(early.size()).isEqualTo(32);
        }
        world.pass(Duration.ofSeconds(61));
        assertThatThrownBy(() -> carol.host.export(group, epoch, "x", Cbor.encode(), 32))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EPOCH_UNAVAILABLE));
        // what stored history needs is kept for longer
        assertThat(carol.epochKeys())
                .satisfies(keys -> assertThat(keys.ids().stream().filter(id -> !id.startsWith(Octets.utf8("roots"))))
                        .hasSize(1));
        carol.host.take(
                group,
                List.of(new LogEntry(
                        carol.host.cursor(group) + 1,
                        LogEntry.Kind.MESSAGE,
                        sealedEarly,
                        Optional.empty(),
                        world.clock.now())));
        carol.turn();
        assertThat(carol.heard()).isEmpty();
        assertThat(carol.host.view(group).unopened()).isEqualTo(1);
    }

    @Test
    void exported_keys_are_the_same_for_all_and_never_internal_ones() {
        long epoch = alice.host.view(group).epoch();
        try (SecretBytes a = alice.host.export(group, epoch, "files", Cbor.encode(1), 32);
                SecretBytes b = bob.host.export(group, epoch, "files", Cbor.encode(1), 32);
                SecretBytes other = bob.host.export(group, epoch, "files", Cbor.encode(2), 32)) {
            assertThat(a).isEqualTo(b);
            assertThat(a.equals(other)).isFalse();
        }
    }

    @Test
    void client_stops_sealing_when_view_is_stale() {
        alice.online = false;
        world.pass(Duration.ofHours(25));
        assertThatThrownBy(() -> bob.send(group, "x"))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STALE_VIEW));
        alice.online = true;
        world.settle();
        bob.send(group, "fresh again");
        world.settle();
        assertThat(carol.heard()).containsExactly("fresh again");
    }

    @Test
    void administrator_vouches_before_half_of_the_time_is_over() {
        for (int hours = 0; hours < 72; hours += 6) {
            world.pass(Duration.ofHours(6));
            bob.send(group, "still " + hours);
        }
        world.settle();
        assertThat(carol.heard()).hasSize(12);
    }

    @Test
    void foreign_genesis_is_refused_by_a_joiner() {
        Person dave = world.enrol("Dave");
        dave.accepting = false;
        alice.invite(group, dave);
        GroupId other = alice.found(world.policy(alice));
        var foreign = GroupChain.of(page -> world.gateway.chain(alice.caller(), other, page));
        var pending = dave.host.invitations().get(0);
        assertThatThrownBy(() -> dave.host.join(pending.hash(), foreign, Octets.EMPTY))
                .isInstanceOf(SekishoException.class);
        assertThat(dave.host.groups()).isEmpty();
        assertThat(dave.host.invitations()).hasSize(1);
    }

    @Test
    void restarted_member_goes_on() {
        carol.restart();
        alice.send(group, "one");
        world.settle();
        carol.restart();
        carol.send(group, "two");
        renew();
        carol.restart();
        alice.send(group, "three");
        world.settle();
        assertThat(carol.heard()).containsExactly("one", "three");
        assertThat(alice.heard()).containsExactly("two");
        assertThat(carol.host.view(group).safetyNumber())
                .isEqualTo(alice.host.view(group).safetyNumber());
    }

    @Test
    void member_that_was_away_catches_up_over_several_epochs() {
        bob.online = false;
        for (int i = 0; i < 3; i++) {
            alice.send(group, "message " + i);
            renew();
        }
        Person dave = world.enrol("Dave");
        alice.invite(group, dave);
        alice.remove(group, carol);
        alice.send(group, "last");
        bob.online = true;
        world.settle();
        assertThat(bob.heard()).containsExactly("message 0", "message 1", "message 2", "last");
        assertThat(bob.host.view(group).safetyNumber())
                .isEqualTo(alice.host.view(group).safetyNumber());
        assertThat(bob.alarms()).isEmpty();
    }

    @Test
    void removed_member_can_be_invited_again() {
        alice.remove(group, bob);
        alice.send(group, "without bob");
        world.settle();
        alice.invite(group, bob);
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
        alice.send(group, "with bob");
        world.settle();
        assertThat(bob.heard()).containsExactly("with bob");
        assertThat(bob.told).anyMatch(MemberEvent.Removed.class::isInstance);
    }

    @Test
    void member_withdraws_itself() {
        bob.host.request(group, "leave", Cbor.encode());
        world.settle();
        world.pass(Duration.ofSeconds(10));
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        assertThat(alice.host.view(group).roster().roster().entries()).hasSize(2);
    }
}
