// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What DIST, JOIN, LEAVE and UPDATE cost an ordinary member and the server, by the size of the group; beside it, in the same run,
 * MLS of Bouncy Castle. Processor time, since the machine may be busy. {@code -Dsizes=10,100} chooses the sizes, {@code -Drounds=N}
 * how often, {@code -Dplot=FILE} where the plot goes.
 *
 * <p>Every member of a ring is played in full; the time of an ordinary one is that of a sample, looked at closely ({@link RingNode}).
 * Sizes take turns, so that what disturbs the machine disturbs all alike, and each round begins with a small ring that keeps the
 * compiled code as it was.
 */
final class KeyDerivationBench implements Benchmark {

    private static final String FLAT = "the same at the least size";
    private static final List<String> OPS = List.of("dist", "join", "leave", "update");
    private static final int SAMPLE = 24;
    private static final int WARM_UP_SIZE = 40;
    private static final int WARM_UP_LIVES = 12;

    /** From this size on a round takes minutes: two are enough, the sample is the same. */
    private static final int LARGE = 5_000;

    private static final int LARGE_ROUNDS = 2;

    private final Random random = new Random(1);

    /** All that was measured: by name and size. */
    private final Map<String, Map<Integer, List<Double>>> measured = new LinkedHashMap<>();

    @Override
    public String name() {
        return "key-derivation";
    }

    @Override
    public List<Figure> run() throws Exception {
        int rounds = Integer.getInteger("rounds", 5);
        List<Integer> sizes = Stream.of(
                        System.getProperty("sizes", "10,100,1000,10000").split(","))
                .map(Integer::valueOf)
                .toList();
        Ring warm = new Ring();
        warm.add(WARM_UP_SIZE - 1);
        for (int i = 0; i < WARM_UP_LIVES; i++) {
            life(warm, WARM_UP_SIZE);
        }
        measured.clear();
        Map<Integer, Ring> rings = new LinkedHashMap<>();
        for (int n : sizes) {
            rings.put(n, founded(n));
        }
        for (int round = 0; round < rounds; round++) {
            for (int n : sizes) {
                for (int i = 0; i < lives(n, round); i++) {
                    life(rings.get(n), n);
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        measured.forEach((name, bySize) -> bySize.forEach((n, values) -> add(figures, name, n, values)));
        List<Figure> mls = new MlsBench().run();
        figures.addAll(mls);
        plot(figures);
        return figures;
    }

    private static int lives(int n, int round) {
        if (n >= LARGE) {
            return round < LARGE_ROUNDS ? 1 : 0;
        }
        return Math.max(1, Math.min(12, 300 / n));
    }

    /** A founder and all others but one, who comes with the first JOIN. */
    private static Ring founded(int n) {
        Ring ring = new Ring();
        ring.add(n - 2);
        check(ring, "founding", n);
        return ring;
    }

    /** One comes, n they are; keys are made anew in each way; one leaves. */
    private void life(Ring ring, int n) {
        sample(ring);
        measure(ring, "join", n, () -> ring.add(1));
        sample(ring);
        measure(ring, "dist", n, () -> ring.request("refresh"));
        measure(ring, "update", n, () -> ring.request("renew"));
        List<RingNode> all = new ArrayList<>(ring.members.values());
        RingNode gone = all.get(1 + random.nextInt(all.size() - 1));
        gone.sampled = false;
        measure(ring, "leave", n, () -> ring.remove(gone));
    }

    private void sample(Ring ring) {
        List<RingNode> all = new ArrayList<>(ring.members.values());
        all.forEach(m -> m.sampled = false);
        java.util.Collections.shuffle(all, random);
        all.stream().limit(SAMPLE).forEach(m -> m.sampled = true);
    }

    private void measure(Ring ring, String op, int n, Runnable change) {
        Set<RingNode> before = new HashSet<>(ring.members.values());
        ring.forget();
        long begin = System.nanoTime();
        change.run();
        double wall = (System.nanoTime() - begin - ring.looking) / 1e6;
        check(ring, op, n);
        List<RingNode> ordinary = ring.members.values().stream()
                .filter(m -> m.sampled && before.contains(m) && isOrdinary(ring, op, m))
                .toList();
        String prefix = "kds." + op + ".";
        ordinary.forEach(m -> {
            note(prefix + "member_cpu", n, m.cpu / 1e3);
            note(prefix + "member_roster_cpu", n, m.rosterCpu / 1e3);
        });
        if (!ordinary.isEmpty()) {
            note(prefix + "member_up", n, median(ordinary, m -> m.up));
            note(prefix + "member_down", n, median(ordinary, m -> m.down));
        }
        note(prefix + "server_cpu_per_member", n, (ring.server.cpu + ring.server.rosterCpu) / 1e3 / n);
        note(prefix + "wall", n, wall);
    }

    /**
     * Who has no part that others have not: not the founder, who signs rosters and asks; in a JOIN who sends nothing; in a LEAVE who
     * shows no new point, so sends the fewest octets.
     */
    private static boolean isOrdinary(Ring ring, String op, RingNode member) {
        if (member == ring.founder()) {
            return false;
        }
        return switch (op) {
            case "join", "update" -> member.up == 0;
            case "leave" ->
                member.up
                        <= ring.members.values().stream()
                                        .mapToLong(m -> m.up)
                                        .min()
                                        .orElse(0)
                                + 8;
            default -> true;
        };
    }

    private static void check(Ring ring, String op, int n) {
        if (!ring.agrees()) {
            throw new IllegalStateException(op + " of " + n + " did not come to one key");
        }
    }

    private void note(String name, int n, double value) {
        measured.computeIfAbsent(name, any -> new LinkedHashMap<>())
                .computeIfAbsent(n, any -> new ArrayList<>())
                .add(value);
    }

    private static double median(List<RingNode> nodes, ToLongFunction<RingNode> what) {
        return Sampler.median(
                nodes.stream().mapToDouble(m -> what.applyAsLong(m)).toArray());
    }

    private static void add(List<Figure> figures, String name, int n, List<Double> values) {
        double value =
                Sampler.median(values.stream().mapToDouble(Double::doubleValue).toArray());
        double least = figures.stream()
                .filter(f -> f.name().startsWith(name + "."))
                .findFirst()
                .map(Figure::value)
                .orElse(value);
        figures.add(new Figure(name + "." + n, value, unit(name), FLAT, least == 0 ? 0 : value / least));
    }

    private static String unit(String name) {
        return name.endsWith("cpu") || name.endsWith("per_member") ? "us" : name.endsWith("wall") ? "ms" : "octets";
    }

    private static void plot(List<Figure> figures) throws Exception {
        Path file = Path.of(System.getProperty("plot", "docs/key-derivation-cost.svg"));
        if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
            return;
        }
        var plot = new Plot("Processor time of an ordinary member for one change, by members of the group", "ms");
        for (String op : OPS) {
            plot.line("key-derivation " + op.toUpperCase(java.util.Locale.ROOT), figures, "kds." + op + ".member_cpu.");
        }
        for (String op : List.of("add", "remove", "update")) {
            plot.line("MLS " + op, figures, "mls." + op + ".member_cpu.");
        }
        Files.writeString(file, plot.svg());
    }
}
