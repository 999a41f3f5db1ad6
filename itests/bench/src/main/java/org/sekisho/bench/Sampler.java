// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.util.Arrays;

/**
 * Measures two tasks in turns, so that a noisy machine disturbs both alike, and takes medians. Both are warmed up first.
 */
final class Sampler {

    private static final int WARM_UP = 5;

    /** A piece of work; what it returns is kept from being optimised away. */
    @FunctionalInterface
    interface Task {
        Object run() throws Exception;
    }

    private static Object sink = "";

    private final int rounds;
    private final int perRound;

    Sampler(int rounds, int perRound) {
        this.rounds = rounds;
        this.perRound = perRound;
    }

    /** Median microseconds of one run of the subject, and their ratio to the baseline's. */
    Figure compare(String name, Task subject, String against, Task baseline) throws Exception {
        double[] a = new double[rounds];
        double[] b = new double[rounds];
        for (int i = -WARM_UP; i < rounds; i++) {
            double x = micros(subject);
            double y = micros(baseline);
            if (i >= 0) {
                a[i] = x;
                b[i] = y;
            }
        }
        double value = median(a);
        return new Figure(name, value, "us", against, value / median(b));
    }

    private double micros(Task task) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < perRound; i++) {
            sink = task.run();
        }
        if (sink == null) {
            throw new IllegalStateException("a task must give something");
        }
        return (System.nanoTime() - begin) / 1e3 / perRound;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
