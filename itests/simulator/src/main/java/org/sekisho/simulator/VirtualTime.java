// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.time.Duration;
import java.time.Instant;
import org.sekisho.groups.engine.HostClock;

/** Time that passes only when told to. Each node sees it through a clock of its own that may be ahead or behind and drift. */
final class VirtualTime {

    private static final Instant BEGIN = Instant.parse("2026-11-21T00:00:00Z");

    private long millis;

    void pass(Duration d) {
        millis += d.toMillis();
    }

    Instant now() {
        return BEGIN.plusMillis(millis);
    }

    /** A clock that is {@code offset} ahead and runs {@code drift} times as fast. */
    HostClock clock(Duration offset, double drift) {
        return new HostClock() {
            @Override
            public Instant now() {
                return BEGIN.plus(offset).plusMillis((long) (millis * drift));
            }

            @Override
            public long lived() {
                return (long) (millis * drift);
            }
        };
    }
}
