// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.schedule.PreRoot;

/** Turning a header costs what one multiplication of the same provider costs: at most 1.25 times, measured in turns. */
@Tag("cost")
class ReEncryptionCost {

    private static final int ROUNDS = 21;
    private static final int BATCH = 200;

    @Test
    void turning_a_header_costs_one_multiplication() {
        GroupId group = GroupId.of(new byte[16]);
        EpochScalar one = EpochScalar.derive(new PreRoot(Samples.secret(1, 32)), group, 1, Optional.empty());
        EpochScalar two = EpochScalar.derive(new PreRoot(Samples.secret(2, 32)), group, 1, Optional.empty());
        ReEncryptionToken token = one.tokenTo(two);
        GroupPoint header = one.encapsulate(Octets.EMPTY, new SystemEntropy()).header();
        byte[] scalar = Scalars.representative(two.tokenTo(one).expose().expose())
                .orElseThrow()
                .expose();
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            byte[] u = header.bytes().toByteArray();
            for (int i = 0; i < BATCH; i++) {
                X25519.scalarMult(scalar, 0, u, 0, u, 0);
            }
            long bare = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                header = token.apply(header);
            }
            ratios[round] = (double) (System.nanoTime() - bare) / (bare - start);
        }
        Arrays.sort(ratios);
        assertThat(ratios[ROUNDS / 2])
                .as("ratio to a bare multiplication, median of %d", ROUNDS)
                .isLessThan(1.25);
    }
}
