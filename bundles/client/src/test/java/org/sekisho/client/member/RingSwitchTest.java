// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.client.member.World.Person;
import org.sekisho.codec.Cbor;
import org.sekisho.groups.member.MemberStatus;

/** A live group between the two real schemes: two-random to key derivation and back. */
class RingSwitchTest {

    private static final String TWO_RANDOM = "two-random";
    private static final String RING = "key-derivation";

    @TempDir
    Path directory;

    private World world;
    private Person alice;
    private GroupId group;
    private final List<Person> present = new ArrayList<>();
    private int texts;

    @BeforeEach
    void four() {
        world = new World(directory);
        alice = world.enrol("Alice");
        group = alice.found(world.movable(alice));
        present.add(alice);
        for (String name : List.of("Bob", "Carol", "Dave")) {
            Person person = world.enrol(name);
            alice.invite(group, person);
            present.add(person);
        }
        assertOn(TWO_RANDOM);
    }

    private void rest() {
        for (int i = 0; i < 12; i++) {
            world.pass(Duration.ofSeconds(5));
        }
    }

    private void move(String scheme) {
        alice.host.switchScheme(group, scheme, Octets.EMPTY, Duration.ofMinutes(10));
    }

    private void assertOn(String scheme) {
        for (Person p : present) {
            var view = p.host.view(group);
            assertThat(view.status()).as(p.name).isEqualTo(MemberStatus.MEMBER);
            assertThat(view.schemeId()).as(p.name).isEqualTo(scheme);
            assertThat(view.keyed()).as(p.name).isTrue();
            assertThat(view.safetyNumber())
                    .as(p.name)
                    .isEqualTo(alice.host.view(group).safetyNumber());
            assertThat(p.alarms()).as(p.name).isEmpty();
        }
        Person speaker = present.get(present.size() - 1);
        String text = "text " + ++texts;
        speaker.send(group, text);
        world.settle();
        for (Person p : present) {
            if (p != speaker) {
                assertThat(p.heard()).as(p.name).contains(text);
            }
        }
    }

    @Test
    void there_and_back_again() {
        for (String scheme : List.of(RING, TWO_RANDOM, RING, TWO_RANDOM)) {
            move(scheme);
            world.settle();
            rest();
            assertOn(scheme);
        }
    }

    @Test
    void members_come_and_go_on_both_sides_of_a_switch() {
        move(RING);
        world.settle();
        rest();
        Person dave = present.remove(3);
        alice.remove(group, dave);
        rest();
        assertThat(dave.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        assertOn(RING);
        Person erin = world.enrol("Erin");
        alice.invite(group, erin);
        rest();
        present.add(erin);
        assertOn(RING);
        move(TWO_RANDOM);
        world.settle();
        rest();
        assertOn(TWO_RANDOM);
        Person carol = present.remove(2);
        alice.remove(group, carol);
        rest();
        assertOn(TWO_RANDOM);
        assertThat(dave.heard()).doesNotContain("text 3", "text 4", "text 5");
    }

    @Test
    void an_invitation_from_before_the_switch_is_answered_after_it() {
        Person erin = world.enrol("Erin");
        erin.accepting = false;
        alice.invite(group, erin);
        move(RING);
        world.settle();
        rest();
        assertOn(RING);
        erin.accepting = true;
        rest();
        present.add(erin);
        assertOn(RING);
    }

    @Test
    void a_change_wished_during_the_switch_comes_about() {
        Person dave = present.remove(3);
        move(RING);
        alice.host.request(group, "remove", Cbor.encode(dave.leaf()));
        world.settle();
        rest();
        assertThat(dave.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        assertOn(RING);
    }

    @Test
    void who_is_away_during_the_switch_follows() {
        Person dave = present.remove(3);
        dave.online = false;
        move(RING);
        world.settle();
        rest();
        assertOn(RING);
        dave.online = true;
        present.add(dave);
        rest();
        assertOn(RING);
    }

    @Test
    void killed_members_and_gateway_go_on() {
        move(RING);
        for (int i = 0; i < 8; i++) {
            world.gateway.tick();
            for (Person p : present) {
                p.turn();
                p.restart();
            }
            world.restart();
        }
        world.settle();
        rest();
        assertOn(RING);
    }
}
