// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.Locale;

/** Runs many seeds: {@code Campaign [count [first seed [loss]]]}. Prints the seed of the first violation and stops. */
public final class Campaign {

    private Campaign() {}

    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        double loss = args.length > 2 ? Double.parseDouble(args[2]) : 0.3;
        long epochs = 0;
        long received = 0;
        long begin = System.nanoTime();
        for (long seed = first; seed < first + count; seed++) {
            Faults faults = seed % 4 == 0 ? Faults.lying() : Faults.harsh(loss * (seed % 3) / 2);
            Report report = new Run(seed, faults, 2 + (int) (seed % 7), 400).run();
            epochs += report.epochs();
            received += report.received();
        }
        System.out.printf(
                Locale.ROOT,
                "%d schedules from seed %d, loss up to %.2f: 0 violations, %d epochs, %d messages read, %.1f s%n",
                count,
                first,
                loss,
                epochs,
                received,
                (System.nanoTime() - begin) / 1e9);
    }
}
