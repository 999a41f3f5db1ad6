// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Many schedules: all kinds of trouble and all schemes by turns, on all processors. Runs do not know of each other, so each
 * seed repeats alone: {@link #run(long)}. {@code Campaign [count [first seed [loss [steps]]]]} prints the totals, or the seed of a
 * violation.
 *
 * @param schemes by turns
 * @param loss share of requests and of answers that are lost, at most
 * @param steps of each run
 */
public record Campaign(List<SchemeUnderTest> schemes, double loss, int steps) {

    /** What many runs came to. */
    public record Totals(long schedules, long epochs, long received, long derived, double seconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d schedules: 0 violations, %d epochs, %d messages read, %d keys derived by those they belong to, %.1f s",
                    schedules,
                    epochs,
                    received,
                    derived,
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
        System.out.println(new Campaign(SchemeUnderTest.ALL, loss, steps).run(first, count));
    }

    /** Throws the first {@link Violation} that turns up. */
    public Totals run(long first, int count) {
        AtomicLong epochs = new AtomicLong();
        AtomicLong received = new AtomicLong();
        AtomicLong derived = new AtomicLong();
        long begin = System.nanoTime();
        LongStream.range(first, first + count).parallel().forEach(seed -> {
            Report report = run(seed);
            epochs.addAndGet(report.epochs());
            received.addAndGet(report.received());
            derived.addAndGet(report.derived());
        });
        return new Totals(count, epochs.get(), received.get(), derived.get(), (System.nanoTime() - begin) / 1e9);
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
