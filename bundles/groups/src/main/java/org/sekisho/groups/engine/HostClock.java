// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.time.Instant;

/** Time as a host sees it. Safe for many threads. */
public interface HostClock {

    /** The wall clock: for people and for what is signed. May jump. */
    Instant now();

    /**
     * Milliseconds this host has lived, over restarts: never jumps by more than an hour (protocol note R27). Timers are
     * due by it.
     */
    long lived();
}
