// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** P4, P5, P1 on the production hosts and reducers. A violation names its seed: {@code new Run(seed, ...)} repeats it. */
class RunTest {

    @Test
    void quietNetworkBringsEveryMessage() {
        Report report = new Run(1, Faults.NONE, 5, 600).run();
        assertThat(report.epochs()).isGreaterThan(5);
        assertThat(report.sent()).isGreaterThan(20);
        assertThat(report.received()).isGreaterThan(report.sent());
    }

    @Test
    void sameSeedSameRun() {
        assertThat(new Run(7, Faults.harsh(0.2), 5, 300).run()).isEqualTo(new Run(7, Faults.harsh(0.2), 5, 300).run());
    }

    @Test
    void lossCrashesSwapsCutsAndReplays() {
        int epochs = 0;
        for (long seed = 100; seed < 100 + Integer.getInteger("sekisho.schedules", 60); seed++) {
            epochs += new Run(seed, Faults.harsh(0.3 * (seed % 4) / 3), 2 + (int) (seed % 7), 300)
                    .run()
                    .epochs();
        }
        assertThat(epochs).isGreaterThan(100);
    }

    @Test
    void lyingGatewaySplitsNobody() {
        for (long seed = 5000; seed < 5000 + Integer.getInteger("sekisho.schedules", 60) / 2; seed++) {
            new Run(seed, Faults.lying(), 2 + (int) (seed % 7), 300).run();
        }
    }
}
