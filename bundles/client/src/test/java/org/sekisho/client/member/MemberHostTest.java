// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.GroupId;
import org.sekisho.client.member.World.Person;
import org.sekisho.groups.member.MemberStatus;

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
}
