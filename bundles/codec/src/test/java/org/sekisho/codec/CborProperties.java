// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Seeded random runs; a failure names the seed, and {@code -Dsekisho.seed=N} repeats it. */
class CborProperties {

    private static final long SEED = Long.getLong("sekisho.seed", new SplittableRandom().nextLong());
    private static final int ROUND_TRIPS = 5_000;
    private static final int MUTATIONS = 50_000;

    @Test
    void whatIsWrittenIsReadBack() {
        var trees = new RandomTrees(SEED);
        for (int i = 0; i < ROUND_TRIPS; i++) {
            Object tree = trees.next(6);
            assertThat(CborTree.read(CborTree.write(tree))).as("seed %d", SEED).isEqualTo(tree);
        }
    }

    @Test
    void mutatedInputIsRejectedOrCanonical() {
        var trees = new RandomTrees(SEED);
        int rejected = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            rejected += rejectedOrCanonical(trees.mutate(CborTree.write(trees.next(4)))) ? 1 : 0;
        }
        assertThat(rejected).as("seed %d", SEED).isBetween(MUTATIONS / 10, MUTATIONS);
    }

    @Test
    void noiseIsRejectedOrCanonical() {
        var trees = new RandomTrees(SEED);
        var lengths = new SplittableRandom(SEED);
        for (int i = 0; i < MUTATIONS; i++) {
            rejectedOrCanonical(trees.bytes(lengths.nextInt(64)));
        }
    }

    /** Any other exception than the declared one fails the test; whatever is accepted must be written back as it was. */
    static boolean rejectedOrCanonical(byte[] input) {
        Object tree;
        try {
            tree = CborTree.read(input);
        } catch (MalformedException e) {
            return true;
        }
        assertThat(CborTree.write(tree)).as("seed %d", SEED).isEqualTo(input);
        return false;
    }
}
