// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.membership.Rosters;
import org.sekisho.testkit.scheme.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RN2 for the largest group that is allowed. */
class LargeGroupTest {

    private static final Logger LOG = LoggerFactory.getLogger(LargeGroupTest.class);
    private static final int MEMBERS = 10_000;

    @Test
    void rn2_for_ten_thousand_members() {
        World world = new World().settle();
        Node owner = world.founder();
        List<RosterEntry> entries = new ArrayList<>(owner.committed.roster().entries());
        byte[] id = owner.id().value().toByteArray();
        for (int i = 1; i < MEMBERS; i++) {
            id[0] = (byte) (1 + (i >> 8));
            id[1] = (byte) i;
            RosterEntry e = World.entry(owner, Set.of(), 2);
            entries.add(new RosterEntry(
                    org.sekisho.api.LeafId.of(id),
                    e.idKey(),
                    e.hpkeKey(),
                    EnumSet.noneOf(Right.class),
                    2,
                    e.certHash()));
        }
        entries.sort(java.util.Comparator.comparing(RosterEntry::leaf));
        Roster large = new Roster(
                world.group,
                1,
                Optional.of(Rosters.hash(owner.committed)),
                entries,
                owner.committed.roster().policyHash());
        world.server.proposal = Optional.of(World.sign(owner, large));
        GroupKeyScheme scheme = world.server.scheme;
        world.server.handle(new Event.Timer("none"));
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        var step = scheme.handle(
                world.server, world.server.head, new Event.RosterAdopted(world.server.proposal.orElseThrow()));
        long millis = (System.nanoTime() - start) / 1_000_000;
        long cpuMillis = (threads.getCurrentThreadCpuTime() - cpu) / 1_000_000;
        var sent = ((org.sekisho.api.scheme.Step.Next) step)
                .effects().stream()
                        .filter(org.sekisho.api.scheme.Effect.Send.class::isInstance)
                        .map(org.sekisho.api.scheme.Effect.Send.class::cast)
                        .filter(s -> s.type().equals(MessageType.RN2))
                        .findFirst()
                        .orElseThrow();
        long slices = sent.slices().values().stream().mapToLong(Octets::size).sum();
        LOG.info(
                "RN2 for {} leaves: {} ms ({} ms of CPU), body {} octets, slices {} octets ({} each), roster {} octets",
                MEMBERS,
                millis,
                cpuMillis,
                sent.body().size(),
                slices,
                slices / MEMBERS,
                RosterCodec.encode(large).size());
        assertThat(sent.slices()).hasSize(MEMBERS);
        assertThat(sent.body().size()).isLessThan(512);
        assertThat(slices / MEMBERS).isEqualTo(80);
    }
}
