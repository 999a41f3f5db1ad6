// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.GroupId;
import org.sekisho.client.member.World.Person;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberStatus;

/** A member that was away for longer than the gateway keeps a log (note R40). */
class LongAwayTest {

    @TempDir
    Path directory;

    private World world;
    private Person alice;
    private Person bob;
    private GroupId group;

    private void days(int days) {
        for (int i = 0; i < days; i++) {
            world.pass(Duration.ofDays(1));
            world.gateway.forget();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void it_is_told_and_comes_back_by_a_new_invitation(String scheme) {
        world = new World(directory, scheme);
        alice = world.enrol("Alice");
        bob = world.enrol("Bob");
        group = alice.found(world.policy(alice));
        alice.invite(group, bob);
        alice.send(group, "read by Bob");
        world.settle();
        bob.online = false;
        alice.send(group, "never read by Bob");
        days(32);

        bob.online = true;
        world.settle();
        bob.restart();
        world.settle();
        assertThat(bob.alarms()).containsExactly(MemberEvent.Alarm.LOG_EXPIRED);
        // on the gateway's word alone nothing is given up
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
        assertThat(bob.host.view(group).keyed()).isTrue();

        alice.remove(group, bob);
        alice.send(group, "without Bob");
        world.settle();
        alice.invite(group, bob);
        alice.send(group, "welcome");
        world.settle();
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
        assertThat(bob.host.view(group).epochHash())
                .isEqualTo(alice.host.view(group).epochHash());
        assertThat(bob.heard()).containsExactly("read by Bob", "welcome");
        bob.send(group, "thank you");
        world.settle();
        assertThat(alice.heard()).contains("thank you");
        assertThat(bob.alarms()).hasSize(1);
    }

    /** The letter and the log come by different ways: an invitation may be there before what makes it one. */
    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void an_invitation_that_overtakes_the_removal_waits_for_it(String scheme) {
        world = new World(directory, scheme);
        alice = world.enrol("Alice");
        bob = world.enrol("Bob");
        group = alice.found(world.policy(alice));
        alice.invite(group, bob);
        bob.online = false;
        alice.remove(group, bob);
        alice.send(group, "without Bob");
        world.settle();
        alice.invite(group, bob);
        bob.receiveMail();
        assertThat(bob.host.invitations()).isEmpty();
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);

        bob.online = true;
        world.settle();
        alice.send(group, "welcome");
        world.settle();
        assertThat(bob.host.view(group).epochHash())
                .isEqualTo(alice.host.view(group).epochHash());
        assertThat(bob.heard()).containsExactly("welcome");
        assertThat(bob.alarms()).isEmpty();
    }

    /** Two members invite; by the second invitation, still unread when the first has led in, nobody comes back after a removal. */
    @ParameterizedTest
    @ValueSource(strings = {"two-random", "key-derivation"})
    void an_invitation_from_before_a_removal_does_not_lead_back(String scheme) {
        world = new World(directory, scheme);
        alice = world.enrol("Alice");
        bob = world.enrol("Bob");
        group = alice.found(world.policy(alice));
        bob.online = false;
        alice.invite(group, bob);
        alice.host.request(group, "renew", org.sekisho.codec.Cbor.encode());
        world.settle();
        alice.host.request(group, "invite", org.sekisho.codec.Cbor.encode(bob.leaf(), false, 7200L));
        world.settle();
        bob.online = true;
        world.settle();
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
        alice.remove(group, bob);
        world.settle();
        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);
        assertThat(bob.host.invitations()).isEmpty();
        assertThat(alice.host.view(group).roster().roster().contains(bob.leaf()))
                .isFalse();
    }
}
