// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.LeafId;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.scheme.Event;
import org.sekisho.testkit.scheme.Node;

/** Random joining, leaving, renewing and absence; the seed is the test's argument. */
class MembershipProperties {

    private static final int STEPS = 40;
    private static final int LEAVES = 12;

    /** More by {@code -Dsekisho.seeds=n}. */
    static IntStream seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("sekisho.seeds", 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void members_agree_on_every_epoch_and_meet_in_the_last(int seed) {
        Random random = new Random(seed);
        World world = new World().settle();
        Map<Long, SecretBytes> known = new TreeMap<>();
        for (int i = 0; i < STEPS; i++) {
            act(world, random);
            assertOneSecretPerEpoch(world, known);
        }
        world.holdRn1 = false;
        world.members.values().forEach(n -> n.online = true);
        world.run(Duration.ofMinutes(30));
        assertOneSecretPerEpoch(world, known);
        assertThat(world.server.scheme.inspect(world.server.head)).containsEntry("phase", "IDLE");
        List<Node> present = new ArrayList<>();
        for (RosterEntry e : world.server.committed.roster().entries()) {
            present.add(world.members.get(e.leaf()));
        }
        World.assertAgree(present.toArray(Node[]::new));
        assertThat(present.get(0).epoch).isEqualTo(world.server.epoch);
        present.forEach(n -> assertThat(n.parts.keySet().stream().filter(k -> k.startsWith("rn1/")))
                .hasSize(1));
    }

    private static void act(World world, Random random) {
        List<Node> all = new ArrayList<>(world.members.values());
        Node node = all.get(random.nextInt(all.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> invite(world, node, 1 + random.nextInt(LEAVES - 1), random.nextBoolean());
            case 3 -> ask(node, "remove", all.get(random.nextInt(all.size())).id());
            case 4 -> ask(node, "leave");
            case 5 -> ask(node, "rotate");
            case 6 -> ask(node, "renew");
            case 7 -> node.online = !node.online;
            case 8 -> world.holdRn1 = !world.holdRn1;
            default -> node.handle(new Event.Resume("swapped"));
        }
        if (random.nextBoolean()) {
            world.run(Duration.ofSeconds(random.nextInt(30)));
        } else {
            world.settle();
        }
    }

    private static void ask(Node node, String name, Object... args) {
        if (node.online) {
            World.request(node, name, args);
        }
    }

    private static void invite(World world, Node inviter, int i, boolean canInvite) {
        LeafId leaf = world.node(i).id();
        boolean possible = inviter.online && !world.members.containsKey(leaf);
        if (possible && World.request(inviter, "invite", leaf, canInvite, 600).isEmpty()) {
            world.settle();
            if (inviter.epoch.isPresent()) {
                world.accept(world.node(i), inviter, world.invitations.remove(0));
            }
        }
    }

    private static void assertOneSecretPerEpoch(World world, Map<Long, SecretBytes> known) {
        for (Node node : world.members.values()) {
            assertThat(node.complaints).isEmpty();
            node.secrets.forEach((epoch, secret) ->
                    assertThat(known.computeIfAbsent(epoch, e -> secret)).isEqualTo(secret));
        }
    }
}
