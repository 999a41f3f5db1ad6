// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.groups.gateway.GatewayHostTest.refused;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.groups.chain.Actor;

class MailboxesTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);

    private final GatewayWorld world = new GatewayWorld();
    private final Mailbox mailbox = world.host.mailbox();
    private final Caller alice = GatewayWorld.caller(world.alice);
    private final Caller bob = GatewayWorld.caller(world.bob);

    private Octets letter(String text) {
        return world.alice.send(GROUP, world.bob.party(), "toy/hello", Octets.utf8(text));
    }

    @Test
    void letters_are_kept_in_order_until_they_are_acknowledged() {
        mailbox.send(alice, world.bob.leaf, letter("one"));
        mailbox.send(alice, world.bob.leaf, letter("two"));
        mailbox.send(alice, world.bob.leaf, letter("three"));
        List<LogEntry> all = mailbox.read(bob, 0, 10);

        mailbox.acknowledge(bob, all.get(1).n());
        mailbox.acknowledge(bob, all.get(1).n());

        assertThat(all).hasSize(3);
        assertThat(mailbox.read(bob, 0, 10)).containsExactly(all.get(2));
        assertThat(mailbox.send(alice, world.bob.leaf, letter("four")).n()).isEqualTo(4);
        assertThat(mailbox.read(alice, 0, 10)).isEmpty();
    }

    @Test
    void only_participants_write_and_only_to_participants() {
        Actor stranger = new Actor(9);

        refused(ErrorCode.NOT_FOUND, () -> mailbox.send(alice, stranger.leaf, letter("x")));
        refused(ErrorCode.NOT_FOUND, () -> mailbox.send(GatewayWorld.caller(stranger), world.bob.leaf, letter("x")));
        refused(ErrorCode.UNAUTHENTICATED, () -> mailbox.send(Caller.ANONYMOUS, world.bob.leaf, letter("x")));
        refused(ErrorCode.UNAUTHENTICATED, () -> mailbox.read(Caller.ANONYMOUS, 0, 10));
        refused(ErrorCode.LIMIT_EXCEEDED, () -> mailbox.read(bob, 0, 0));
    }

    @Test
    void one_sender_cannot_fill_a_mailbox() {
        for (int i = 0; i < Mailboxes.MAX_PER_SENDER; i++) {
            mailbox.send(alice, world.bob.leaf, letter("n"));
        }

        refused(ErrorCode.QUEUE_FULL, () -> mailbox.send(alice, world.bob.leaf, letter("more")));
        mailbox.send(
                GatewayWorld.caller(world.carol),
                world.bob.leaf,
                world.carol.send(GROUP, world.bob.party(), "toy/hello", Octets.EMPTY));
        mailbox.acknowledge(bob, 10_000);
        assertThat(mailbox.read(bob, 0, 10)).isEmpty();
        mailbox.send(alice, world.bob.leaf, letter("again"));
    }

    @Test
    void watchers_hear_of_letters() {
        var news = new AtomicInteger();
        try (var registration = mailbox.watch(bob, news::incrementAndGet)) {
            mailbox.send(alice, world.bob.leaf, letter("one"));
            assertThat(registration).isNotNull();
        }
        mailbox.send(alice, world.bob.leaf, letter("two"));

        assertThat(news).hasValue(1);
    }

    @Test
    void a_letter_carries_no_slices() {
        Octets letter = world.alice.send(
                GROUP, world.bob.party(), "toy/hello", Octets.EMPTY, Map.of(world.carol.leaf, Octets.utf8("kept")));

        refused(ErrorCode.MALFORMED, () -> mailbox.send(alice, world.bob.leaf, letter));
    }
}
