// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;

/**
 * How long the server waits, 0035 section 6.
 *
 * @param quiet for the next message of a round
 * @param round for all of a round, at most
 * @param flaky who left a round half done is not asked again for so long
 * @param refresh between two full distributions; the policy may ask for more
 * @param refreshEpochs the same, in epochs
 */
public record Timings(Duration quiet, Duration round, Duration flaky, Duration refresh, int refreshEpochs) {

    public static final Timings DEFAULT = new Timings(
            Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(10), Duration.ofHours(24), 50);

    public Timings {
        boolean positive = !quiet.isNegative()
                && !quiet.isZero()
                && round.compareTo(quiet) >= 0
                && !flaky.isNegative()
                && refresh.compareTo(Duration.ofSeconds(1)) >= 0
                && refreshEpochs > 0;
        if (!positive) {
            throw new IllegalArgumentException("timings out of range");
        }
    }
}
