// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P4, P5, P1 on the production hosts and reducers, {@code -Dsekisho.schedules} of them, 1,000 if nothing is said. A violation
 * names its seed; {@code new Campaign(SchemeUnderTest.ALL, 0.3, 300).run(seed)} repeats it.
 */
class RunTest {

    private static final int SCHEDULES = Integer.getInteger("sekisho.schedules", 1000);

    static List<SchemeUnderTest> schemes() {
        return SchemeUnderTest.ALL;
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void quietNetworkBringsEveryMessage(SchemeUnderTest scheme) {
        Report report = new Run(1, List.of(scheme), Faults.NONE, 5, 600).run();
        assertThat(report.epochs()).isGreaterThan(5);
        assertThat(report.sent()).isGreaterThan(20);
        assertThat(report.received()).isGreaterThan(report.sent() / 2);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void sameSeedSameRun(SchemeUnderTest scheme) {
        var once = new Run(7, List.of(scheme), Faults.harsh(0.2), 5, 300).run();
        assertThat(new Run(7, List.of(scheme), Faults.harsh(0.2), 5, 300).run()).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void schedules(SchemeUnderTest scheme) {
        int count = SCHEDULES / SchemeUnderTest.ALL.size();
        Campaign.Totals totals = new Campaign(List.of(scheme), 0.3, 300).run(100, count);
        System.out.println(scheme + ": " + totals);
        assertThat(totals.epochs()).isGreaterThan(count);
        assertThat(totals.received()).isGreaterThan(count / 2);
        assertThat(totals.derived()).isPositive();
    }
}
