// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Event;
import org.sekisho.testkit.scheme.Node;

/**
 * Random joining, leaving, new time frames, refreshes, absence, loss, disorder and restarts, by seed: whenever all is quiet and
 * everybody is back, all have one key, every edge has one value at both ends, and nobody ever had another key of an epoch.
 */
class RingPropertiesTest {

    private static final int SEEDS = Integer.getInteger("sekisho.seeds", 6);
    private static final long FIRST = Long.getLong("sekisho.seed", 1);

    @TestFactory
    List<DynamicTest> runs() {
        List<DynamicTest> tests = new ArrayList<>();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            long s = seed;
            tests.add(DynamicTest.dynamicTest("seed " + s, () -> run(s)));
        }
        return tests;
    }

    private int next = 1000;

    private void run(long seed) {
        var random = new Random(seed);
        var world = new World(1 + random.nextInt(6), World.policy(Duration.ofHours(6)));
        world.disorder = Optional.of(random);
        Map<Long, SecretBytes> keys = new HashMap<>();
        for (int round = 0; round < 25; round++) {
            int loss = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 0;
            world.lost = sent -> sent.commit() == null && loss > 0 && random.nextInt(100) < loss;
            act(world, random);
            world.run(Duration.ofSeconds(random.nextInt(40)));
            compare(world, keys);
            if (random.nextInt(5) == 0) {
                calm(world);
                compare(world, keys);
            }
        }
        calm(world);
        compare(world, keys);
    }

    private void act(World world, Random random) {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                List<Node> added = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    added.add(world.node(next++));
                }
                world.change(added, List.of());
            }
            case 3, 4 -> {
                List<Node> leaving = new ArrayList<>(world.members.values());
                leaving.remove(world.founder());
                leaving.removeIf(n -> !world.server
                        .proposal
                        .orElse(world.server.committed)
                        .roster()
                        .contains(n.id()));
                Collections.shuffle(leaving, random);
                world.change(
                        random.nextInt(4) == 0 ? List.of(world.node(next++)) : List.of(),
                        leaving.subList(0, Math.min(leaving.size(), 1 + random.nextInt(2))));
            }
            case 5 -> world.server.handle(new Event.Request("renew", Octets.EMPTY));
            case 6 -> world.server.handle(new Event.Request("refresh", Octets.EMPTY));
            case 7 -> world.members.values().forEach(n -> n.online = n == world.founder() || random.nextInt(3) > 0);
            default -> {
                world.server.handle(new Event.Resume("started"));
                world.members.values().stream()
                        .filter(n -> n.online && random.nextBoolean())
                        .forEach(n -> n.handle(new Event.Resume("opened")));
            }
        }
    }

    /** Everybody is back and nothing is lost: an epoch for the newest roster, that all are in. */
    private static void calm(World world) {
        world.lost = sent -> false;
        world.members.values().forEach(n -> n.online = true);
        world.run(Duration.ofMinutes(25));
        assertThat(world.server.proposal)
                .as(() -> world.server.scheme.inspect(world.server.head) + " " + world.server.timers + " " + world.now
                        + " "
                        + world.founder().scheme.inspect(world.founder().head)
                        + " refused " + world.founder().refusals)
                .isEmpty();
        world.assertAgree();
        OperationsTest.assertEdges(world);
        assertThat(world.server.scheme.inspect(world.server.head)).containsEntry("phase", "IDLE");
    }

    private static void compare(World world, Map<Long, SecretBytes> keys) {
        List<Node> all = new ArrayList<>(world.members.values());
        all.addAll(world.gone.values());
        for (Node node : all) {
            assertThat(node.complaints).isEmpty();
            node.secrets.forEach((epoch, key) -> {
                SecretBytes known = keys.putIfAbsent(epoch, key);
                assertThat(known == null || known.equals(key)).isTrue();
            });
        }
    }
}
