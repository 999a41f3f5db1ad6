// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Event;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.testkit.scheme.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an ordinary member does and reads for each operation, at growing sizes. {@code -Dsekisho.ring=1000} for the tested limit. */
class LargeRingTest {

    private static final Logger LOG = LoggerFactory.getLogger(LargeRingTest.class);
    private static final int LARGE = Integer.getInteger("sekisho.ring", 100);

    @Test
    void an_ordinary_member_does_the_same_in_a_ring_of_any_size() {
        Map<String, Long> small = measure(10);
        Map<String, Long> large = measure(LARGE);
        for (String what : List.of("JOIN in", "UPDATE in", "JOIN out", "UPDATE out", "DIST out", "LEAVE out")) {
            assertThat(large.get(what)).as(what).isLessThanOrEqualTo(small.get(what) + 16);
        }
        // who is active is told in runs of the roster: a few more for what changed since everything was fresh
        for (String what : List.of("DIST in", "LEAVE in")) {
            assertThat(large.get(what)).as(what).isLessThanOrEqualTo(small.get(what) + 40);
        }
        assertThat(large.get("JOIN out")).isZero();
        assertThat(large.get("UPDATE out")).isZero();
    }

    private static Map<String, Long> measure(int n) {
        var world = new World(n);
        world.run(Duration.ofSeconds(60));
        Node ordinary = OperationsTest.ring(world).stream()
                .filter(m -> m != world.founder())
                .skip(n / 2)
                .findFirst()
                .orElseThrow();
        Map<String, Long> all = new TreeMap<>();
        one(world, ordinary, "DIST", all, () -> OperationsTest.refresh(world));
        one(world, ordinary, "JOIN", all, () -> world.add(world.node(100_000)));
        one(world, ordinary, "UPDATE", all, () -> {
            world.server.handle(new Event.Request("renew", Octets.EMPTY));
            world.settle();
        });
        List<Node> ring = OperationsTest.ring(world);
        Node leaver = ring.get((ring.indexOf(ordinary) + 3) % ring.size());
        one(
                world,
                ordinary,
                "LEAVE",
                all,
                () -> world.remove(leaver == world.founder() ? ring.get((ring.indexOf(ordinary) + 4) % n) : leaver));
        world.assertAgree();
        LOG.info("ring of {}: {}", n, all);
        return all;
    }

    private static void one(World world, Node member, String name, Map<String, Long> all, Runnable work) {
        int log = world.log.size();
        int sent = world.everything.size();
        member.cpu = 0;
        world.server.cpu = 0;
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        long in = world.log.subList(log, world.log.size()).stream()
                .filter(s -> s.roster() == null && s.type().startsWith(MessageType.PREFIX))
                .mapToLong(s -> s.body().size()
                        + (s.slices().containsKey(member.id())
                                ? s.slices().get(member.id()).size()
                                : 0))
                .sum();
        long out = world.sentBy(member, sent).stream()
                .filter(s -> !s.type().equals(MessageType.PREKEYS))
                .mapToLong(s -> s.body().size())
                .sum();
        all.put(name + " in", in);
        all.put(name + " out", out);
        all.put(name + " member us", member.cpu / 1000);
        all.put(name + " server us per member", world.server.cpu / 1000 / world.members.size());
        assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime())
                .isGreaterThan(start);
    }
}
