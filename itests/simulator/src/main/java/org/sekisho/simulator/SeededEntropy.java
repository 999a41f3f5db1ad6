// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.Random;
import org.sekisho.api.scheme.Entropy;

/** Octets that follow from a seed: a run can be repeated. Never for production. */
final class SeededEntropy implements Entropy {

    private final Random random;

    SeededEntropy(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void fill(byte[] target) {
        random.nextBytes(target);
    }
}
