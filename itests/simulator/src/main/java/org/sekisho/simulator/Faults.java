// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

/**
 * How hostile a run is. Shares are of 1.
 *
 * @param loss share of requests, and of answers, that are lost
 * @param crashes share of steps in which a process dies, some in the middle of a transaction
 * @param swaps share of steps in which the scheme's bundle goes, until it comes again
 * @param cuts share of steps in which a member is cut off for a while
 * @param replays share of steps in which something recorded is sent again, by its sender or by another
 * @param forgeries share of log pages the gateway falsifies; then nothing is promised but safety
 */
public record Faults(double loss, double crashes, double swaps, double cuts, double replays, double forgeries) {

    /** A quiet network. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0);

    /** Everything but a lying gateway. */
    public static Faults harsh(double loss) {
        return new Faults(loss, 0.03, 0.01, 0.02, 0.05, 0);
    }

    /** A gateway that falsifies what it shows. */
    public static Faults lying() {
        return new Faults(0.05, 0.02, 0.01, 0.01, 0.05, 0.2);
    }
}
