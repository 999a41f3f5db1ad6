// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.History;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.groups.chain.Actor;
import org.sekisho.groups.chain.Founding;

/** Nobody uses the gateway up for the others. */
class QuotasTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final int LETTER = 900_000;

    private final GatewayWorld world = world(new Quotas(2, 3L << 20, 2L << 20, 3, Duration.ofDays(30)));

    private static GatewayWorld world(Quotas quotas) {
        var world = new GatewayWorld();
        world.quotas = quotas;
        world.restart();
        return world;
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SekishoException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private Octets genesis(long version) {
        Genesis genesis = world.genesis(
                Founding.policy(world.alice, world.server.idKey(), 1, History.FULL, false, (int) version + 1));
        return GenesisCodec.encode(genesis);
    }

    @Test
    void a_participant_founds_so_many_groups() {
        var alice = GatewayWorld.caller(world.alice);
        world.host.create(alice, genesis(1));
        world.host.create(alice, genesis(1));
        world.host.create(alice, genesis(2));

        refused(ErrorCode.LIMIT_EXCEEDED, () -> world.host.create(alice, genesis(3)));
        world.restart();
        refused(ErrorCode.LIMIT_EXCEEDED, () -> world.host.create(alice, genesis(3)));
        world.host.create(alice, genesis(2));
    }

    @Test
    void what_was_refused_costs_no_place() {
        var alice = GatewayWorld.caller(world.alice);
        var known = world.directory.remove(world.alice.leaf);
        for (int i = 1; i <= 5; i++) {
            Octets refused = genesis(i);
            refused(ErrorCode.POLICY_VIOLATION, () -> world.host.create(alice, refused));
        }
        world.directory.put(world.alice.leaf, known);
        world.host.create(alice, genesis(1));
        world.host.create(alice, genesis(2));
    }

    private Octets letter(Actor from) {
        return from.send(GROUP, world.carol.party(), "toy/hello", Octets.of(new byte[LETTER]));
    }

    @Test
    void a_mailbox_holds_so_many_octets_of_a_sender_and_in_all() {
        var mailbox = world.host.mailbox();
        for (int i = 0; i < 2; i++) {
            mailbox.send(GatewayWorld.caller(world.alice), world.carol.leaf, letter(world.alice));
        }
        refused(
                ErrorCode.QUEUE_FULL,
                () -> mailbox.send(GatewayWorld.caller(world.alice), world.carol.leaf, letter(world.alice)));
        mailbox.send(GatewayWorld.caller(world.bob), world.carol.leaf, letter(world.bob));
        refused(
                ErrorCode.QUEUE_FULL,
                () -> mailbox.send(GatewayWorld.caller(world.bob), world.carol.leaf, letter(world.bob)));

        var carol = GatewayWorld.caller(world.carol);
        mailbox.acknowledge(carol, 2);
        for (int i = 0; i < 2; i++) {
            mailbox.send(GatewayWorld.caller(world.alice), world.carol.leaf, letter(world.alice));
        }
        mailbox.acknowledge(carol, 100);
        mailbox.send(GatewayWorld.caller(world.bob), world.carol.leaf, letter(world.bob));
    }

    @Test
    void a_member_complains_so_often() {
        world.three();
        for (int i = 0; i < 3; i++) {
            world.submit(world.bob, "host/complaint", Octets.utf8("wrong " + i));
        }
        refused(ErrorCode.LIMIT_EXCEEDED, () -> world.submit(world.bob, "host/complaint", Octets.utf8("once more")));
        world.submit(world.carol, "host/complaint", Octets.utf8("I too"));
    }
}
