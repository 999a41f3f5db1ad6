// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

/**
 * How hostile a run is. Shares are of 1.
 *
 * @param loss share of requests, and of answers, that are lost
 * @param crashes share of steps in which a process dies, some in the middle of a transaction
 * @param swaps share of steps in which a node's scheme bundles go, until they come again
 * @param cuts share of steps in which a member is cut off for a while
 * @param replays share of steps in which something recorded is sent again, by its sender or by another
 * @param forgeries share of pages the gateway falsifies; then nothing is promised but safety
 * @param splits whether the gateway shows two histories from the middle of the run on
 * @param spies whether former members, with all the server saw, try to derive the keys of epochs they do not belong to
 */
public record Faults(
        double loss,
        double crashes,
        double swaps,
        double cuts,
        double replays,
        double forgeries,
        boolean splits,
        boolean spies) {

    /** A quiet network. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, false, false);

    /** Everything but a lying gateway. */
    public static Faults harsh(double loss) {
        return new Faults(loss, 0.03, 0.02, 0.02, 0.05, 0, false, false);
    }

    /** A gateway that falsifies what it shows: substitutes, withholds, repeats, reorders, injects what it refused. */
    public static Faults lying() {
        return new Faults(0.05, 0.02, 0.01, 0.01, 0.05, 0.2, false, false);
    }

    /** A gateway that tells two stories. */
    public static Faults equivocating() {
        return new Faults(0.05, 0.02, 0.01, 0.01, 0.05, 0, true, false);
    }

    /** These, with former members who spy. */
    public Faults withSpies() {
        return new Faults(loss, crashes, swaps, cuts, replays, forgeries, splits, true);
    }

    boolean lies() {
        return forgeries > 0;
    }
}
