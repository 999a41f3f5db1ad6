// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What DIST, JOIN, LEAVE and UPDATE cost an ordinary member and the server, by the size of the group; beside it, in the same run,
 * MLS of Bouncy Castle. Processor time, since the machine may be busy. {@code -Dsizes=10,100} chooses the sizes.
 */
final class KeyDerivationBench implements Benchmark {

    private static final String FLAT = "the same at the least size";

    @Override
    public String name() {
        return "key-derivation";
    }

    @Override
    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        // classes are loaded and compiled before anything is measured
        for (int i = 0; i < 6; i++) {
            life(60, new ArrayList<>());
        }
        for (String size : System.getProperty("sizes", "10,100,1000,10000").split(",")) {
            life(Integer.parseInt(size), figures);
        }
        figures.addAll(new MlsBench().run());
        return figures;
    }

    private static void life(int n, List<Figure> figures) {
        Ring ring = new Ring();
        ring.forget();
        long begin = System.nanoTime();
        // the JOIN makes it n
        ring.add(n - 2);
        measured(ring, "dist", n, begin, Set.of(ring.founder()), figures);

        ring.forget();
        begin = System.nanoTime();
        List<RingNode> joined = ring.add(1);
        Set<RingNode> busy = new HashSet<>(joined);
        ring.members.values().stream()
                .filter(m -> m.up > 1_000 || sentRounds(m))
                .forEach(busy::add);
        measured(ring, "join", n, begin, busy, figures);

        ring.forget();
        begin = System.nanoTime();
        RingNode gone = new ArrayList<>(ring.members.values()).get(ring.members.size() / 2);
        ring.remove(gone);
        measured(ring, "leave", n, begin, Set.of(ring.founder()), figures);

        ring.forget();
        begin = System.nanoTime();
        ring.request("renew");
        measured(ring, "update", n, begin, Set.of(ring.founder()), figures);
    }

    /** In a JOIN only representative, tail and joiners send anything. */
    private static boolean sentRounds(RingNode member) {
        return member.up > 0;
    }

    private static void measured(Ring ring, String op, int n, long begin, Set<RingNode> busy, List<Figure> figures) {
        double wall = (System.nanoTime() - begin) / 1e6;
        if (!ring.agrees()) {
            throw new IllegalStateException(op + " of " + n + " did not come to one key");
        }
        List<RingNode> ordinary =
                ring.members.values().stream().filter(m -> !busy.contains(m)).toList();
        if (ordinary.isEmpty()) {
            return;
        }
        String prefix = "kds." + op + ".";
        add(figures, prefix + "member_cpu", n, median(ordinary, m -> m.cpu) / 1e3, "us");
        add(figures, prefix + "member_roster_cpu", n, median(ordinary, m -> m.rosterCpu) / 1e3, "us");
        add(figures, prefix + "member_up", n, median(ordinary, m -> m.up), "octets");
        add(figures, prefix + "member_down", n, median(ordinary, m -> m.down), "octets");
        add(figures, prefix + "server_cpu_per_member", n, (ring.server.cpu + ring.server.rosterCpu) / 1e3 / n, "us");
        add(figures, prefix + "wall", n, wall, "ms");
    }

    private static double median(List<RingNode> nodes, ToLongFunction<RingNode> what) {
        return Sampler.median(
                nodes.stream().mapToDouble(m -> what.applyAsLong(m)).toArray());
    }

    private static void add(List<Figure> figures, String name, int n, double value, String unit) {
        double least = figures.stream()
                .filter(f -> f.name().startsWith(name + "."))
                .findFirst()
                .map(Figure::value)
                .orElse(value);
        figures.add(new Figure(name + "." + n, value, unit, FLAT, least == 0 ? 0 : value / least));
    }
}
