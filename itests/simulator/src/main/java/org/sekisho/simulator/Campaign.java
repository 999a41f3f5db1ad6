// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Many schedules: all kinds of trouble and all schemes by turns, on all processors. Runs do not know of each other, so each
 * seed repeats alone: {@link #run(long)}. {@code Campaign [count [first seed [loss [steps [scheme]]]]]} prints every violation and goes
 * on, then the totals of a hundred seeds each.
 *
 * @param schemes by turns
 * @param loss share of requests and of answers that are lost, at most
 * @param steps of each run
 */
public record Campaign(List<SchemeUnderTest> schemes, double loss, int steps) {

    private static final int PIECE = 100;

    /** What many runs came to. */
    public record Totals(
            long schedules,
            long violations,
            long epochs,
            long received,
            long derived,
            long switches,
            long crashes,
            double seconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d schedules: %d violations, %d epochs, %d messages read, %d keys derived by those they belong to,"
                            + " %d orders to switch, %d crashes, %.1f s",
                    schedules,
                    violations,
                    epochs,
                    received,
                    derived,
                    switches,
                    crashes,
                    seconds);
        }
    }

    public Campaign {
        schemes = List.copyOf(schemes);
    }

    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        double loss = args.length > 2 ? Double.parseDouble(args[2]) : 0.3;
        int steps = args.length > 3 ? Integer.parseInt(args[3]) : 400;
        List<SchemeUnderTest> schemes = SchemeUnderTest.ALL.stream()
                .filter(s -> args.length < 5 || s.id().equals(args[4]))
                .toList();
        var campaign = new Campaign(schemes, loss, steps);
        for (int done = 0; done < count; done += PIECE) {
            Totals totals = campaign.run(
                    first + done,
                    Math.min(PIECE, count - done),
                    violation -> System.out.println("VIOLATION " + violation.getMessage()));
            System.out.println((first + done) + ": " + totals);
        }
    }

    /** Throws the first {@link Violation} that turns up. */
    public Totals run(long first, int count) {
        return run(first, count, violation -> {
            throw violation;
        });
    }

    /** Hands every violation to {@code found}, from several threads, and goes on. */
    Totals run(long first, int count, Consumer<Violation> found) {
        List<Report> reports = Collections.synchronizedList(new ArrayList<>());
        long begin = System.nanoTime();
        LongStream.range(first, first + count).parallel().forEach(seed -> {
            try {
                reports.add(run(seed));
            } catch (Violation violation) {
                found.accept(violation);
            }
        });
        return new Totals(
                count,
                count - reports.size(),
                reports.stream().mapToLong(Report::epochs).sum(),
                reports.stream().mapToLong(Report::received).sum(),
                reports.stream().mapToLong(Report::derived).sum(),
                reports.stream().mapToLong(Report::switches).sum(),
                reports.stream().mapToLong(Report::crashes).sum(),
                (System.nanoTime() - begin) / 1e9);
    }

    /** The schedule of one seed. */
    public Report run(long seed) {
        SchemeUnderTest scheme = schemes.get((int) (seed % schemes.size()));
        int people = 2 + (int) (seed / schemes.size() % 7);
        long n = seed / schemes.size();
        return new Run(seed, all(scheme, n), faults(n), people, steps).run();
    }

    /** In every fifth schedule the group moves from scheme to scheme. */
    private static List<SchemeUnderTest> all(SchemeUnderTest first, long n) {
        List<SchemeUnderTest> all = new ArrayList<>(List.of(first));
        if (n % 5 == 4) {
            SchemeUnderTest.ALL.stream().filter(s -> s != first).forEach(all::add);
        }
        return all;
    }

    private Faults faults(long n) {
        return switch ((int) (n % 10)) {
            case 0, 1 -> Faults.lying();
            case 2 -> Faults.equivocating();
            case 3 -> Faults.harsh(loss / 3).withSpies();
            default -> Faults.harsh(loss * (n % 4) / 3);
        };
    }
}
