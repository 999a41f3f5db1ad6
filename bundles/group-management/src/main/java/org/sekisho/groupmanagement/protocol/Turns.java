// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.time.Duration;

/** How long a leaf waits for those before it in the roster. */
final class Turns {

    private static final int FIRST = 8;
    private static final Duration PAUSE = Duration.ofMillis(1500);
    private static final Duration LATER_PAUSE = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofSeconds(60);

    private Turns() {}

    /** The first eight 1.5 s apart, the others 0.25 s, none later than a minute. A leaf that is not listed comes last. */
    static Duration delay(int index) {
        if (index < 0) {
            return MOST;
        }
        if (index < FIRST) {
            return PAUSE.multipliedBy(index + 1L);
        }
        Duration later = PAUSE.multipliedBy(FIRST).plus(LATER_PAUSE.multipliedBy(index - FIRST + 1L));
        return later.compareTo(MOST) < 0 ? later : MOST;
    }
}
