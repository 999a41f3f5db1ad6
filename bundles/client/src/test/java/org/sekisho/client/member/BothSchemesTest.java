// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.GroupId;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.client.member.World.Person;
import org.sekisho.codec.Cbor;
import org.sekisho.groups.member.MemberStatus;

/** What every scheme owes a group's members, through the real member and gateway hosts. */
class BothSchemesTest {

    @TempDir
    Path directory;

    private World world;
    private Person alice;
    private GroupId group;

    private void begin(String scheme) {
        world = new World(directory, scheme);
        alice = world.enrol("Alice");
        group = alice.found(world.policy(alice));
    }

    private Person join(String name) {
        Person person = world.enrol(name);
        alice.invite(group, person);
        return person;
    }

    /** Lets time pass for turns and rounds. */
    private void rest() {
        for (int i = 0; i < 12; i++) {
            world.pass(Duration.ofSeconds(5));
        }
    }

    private void assertTogether(Person... present) {
        for (Person p : present) {
            assertThat(p.host.view(group).status()).as(p.name).isEqualTo(MemberStatus.MEMBER);
            assertThat(p.host.view(group).keyed()).as(p.name).isTrue();
            assertThat(p.host.view(group).safetyNumber())
                    .as(p.name)
                    .isEqualTo(alice.host.view(group).safetyNumber());
            assertThat(p.alarms()).as(p.name).isEmpty();
        }
        assertThat(alice.host.view(group).roster().roster().entries()).hasSize(present.length);
    }

    private void assertAllHear(String text, Person from, Person... present) {
        from.send(group, text);
        world.settle();
        for (Person p : present) {
            if (p != from) {
                assertThat(p.heard()).as(p.name).contains(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void members_come_and_talk(String scheme) {
        begin(scheme);
        Person bob = join("Bob");
        Person carol = join("Carol");
        rest();
        assertTogether(alice, bob, carol);
        assertAllHear("hello", bob, alice, bob, carol);
        List<Person> more = new ArrayList<>(List.of(alice, bob, carol));
        for (int i = 0; i < 5; i++) {
            more.add(join("Person " + i));
        }
        rest();
        assertTogether(more.toArray(Person[]::new));
        assertAllHear("all of us", more.get(6), more.toArray(Person[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void who_is_removed_reads_nothing_more(String scheme) {
        begin(scheme);
        Person bob = join("Bob");
        Person carol = join("Carol");
        Person dave = join("Dave");
        rest();
        alice.send(group, "before");
        world.settle();
        alice.remove(group, bob);
        rest();
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        assertTogether(alice, carol, dave);
        assertAllHear("after", alice, alice, carol, dave);
        List<LogEntry> all = world.gateway.read(carol.caller(), group, 0, 500);
        bob.host.take(group, all);
        assertThat(bob.heard()).containsExactly("before");
        // and back in
        alice.invite(group, bob);
        rest();
        assertTogether(alice, bob, carol, dave);
        assertAllHear("welcome back", carol, alice, bob, carol, dave);
        assertThat(bob.heard()).containsExactly("before", "welcome back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void who_leaves_is_out(String scheme) {
        begin(scheme);
        Person bob = join("Bob");
        Person carol = join("Carol");
        rest();
        carol.host.request(group, "leave", Cbor.encode());
        world.settle();
        rest();
        assertThat(carol.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        assertTogether(alice, bob);
        assertAllHear("two left", bob, alice, bob);
        assertThat(carol.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void who_was_away_comes_after(String scheme) {
        begin(scheme);
        Person bob = join("Bob");
        Person carol = join("Carol");
        rest();
        bob.online = false;
        Person dave = join("Dave");
        rest();
        alice.send(group, "while Bob is away");
        world.settle();
        alice.remove(group, carol);
        rest();
        assertTogether(alice, alice, dave);
        alice.send(group, "still away");
        world.settle();
        bob.online = true;
        rest();
        assertTogether(alice, bob, dave);
        assertThat(bob.heard()).containsExactly("while Bob is away", "still away");
        assertAllHear("all here", bob, alice, bob, dave);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void killed_members_go_on(String scheme) {
        begin(scheme);
        Person bob = join("Bob");
        Person carol = join("Carol");
        rest();
        alice.host.request(group, "invite", Cbor.encode(world.enrol("Dave").leaf(), false, 3600L));
        for (int i = 0; i < 6; i++) {
            world.gateway.tick();
            for (Person p : List.copyOf(world.persons.values())) {
                p.turn();
                p.restart();
            }
        }
        rest();
        Person dave = world.persons.values().stream()
                .filter(p -> p.name.equals("Dave"))
                .findFirst()
                .orElseThrow();
        assertTogether(alice, bob, carol, dave);
        assertAllHear("after the restart", dave, alice, bob, carol, dave);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void a_refused_change_is_built_again(String scheme) {
        begin(scheme);
        Person bob = join("Bob");
        Person carol = join("Carol");
        rest();
        Person dave = world.enrol("Dave");
        Person erin = world.enrol("Erin");
        alice.host.request(group, "invite", Cbor.encode(dave.leaf(), false, 3600L));
        alice.host.request(group, "remove", Cbor.encode(carol.leaf()));
        alice.host.request(group, "invite", Cbor.encode(erin.leaf(), false, 3600L));
        world.settle();
        rest();
        assertTogether(alice, bob, dave, erin);
        assertAllHear("four", erin, alice, bob, dave, erin);
    }
}
