// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.Cbor;
import org.sekisho.membership.wire.MessageType;
import org.sekisho.testkit.scheme.Node;

/** State of membership is complete in itself: another instance of the group goes on with it (docs/decisions/0030, section 5). */
class TakeOverTest {

    @Test
    void wishes_and_invitations_go_on_in_the_instance_that_takes_over() {
        World world = new World().settle();
        Node owner = world.founder();
        Node member = world.join(owner, 1);
        World.request(owner, "invite", world.node(2).id(), false, 3600);
        world.settle();
        Octets invitation = world.invitations.remove(0);
        // an epoch is being prepared: the removal waits
        member.online = false;
        owner.online = false;
        World.request(member, "renew");
        world.settle();
        Octets before = owner.head;
        owner.handle(new Event.Request("remove", Cbor.encode(member.id())));

        Node taken = takeOver(world, owner);

        assertThat(taken.parts.keySet()).allMatch(key -> key.startsWith("member/"));
        assertThat(taken.head).isNotEqualTo(before);
        assertThat(taken.timers).containsKeys("member/change", "member/invitations");
        Octets accept = Identities.accept(world.node(2), invitation);
        var answer =
                new Event.Message(new Party.Member(world.node(2).id()), MessageType.ACCEPT, accept, Optional.empty());
        assertThat(taken.handle(answer)).isEmpty();
        assertThat(taken.parts.keySet())
                .filteredOn(key -> key.startsWith("member/todo/"))
                .hasSize(2);
        assertThat(taken.parts.keySet()).noneMatch(key -> key.startsWith("member/inv/"));
    }

    /** What a host does at a switch: a new instance of the running group, with the parts of membership and nothing else. */
    private static Node takeOver(World world, Node old) {
        var next = new Node(world, new TwoRandomScheme(), old.leaf, "member 0");
        next.committed = old.committed;
        next.epoch = old.epoch;
        old.parts.forEach((key, value) -> {
            if (key.startsWith("member/")) {
                next.parts.put(key, value);
            }
        });
        next.create(Octets.EMPTY);
        return next;
    }
}
