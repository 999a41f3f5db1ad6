// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import java.util.HashMap;
import java.util.Map;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.UnavailableException;

/** A bounded number of places, and of places per caller, for what stays open for long. Safe for many threads. */
final class Places {

    private final int total;
    private final int perCaller;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    Places(int total, int perCaller) {
        this.total = total;
        this.perCaller = perCaller;
    }

    /** Takes a place; give it back by closing it once. */
    synchronized Place take(Caller caller) {
        String key = caller.leaf().map(LeafId::toString).orElse("user " + caller.name());
        int mine = taken.getOrDefault(key, 0);
        if (all >= total || mine >= perCaller) {
            throw new UnavailableException(ErrorCode.RATE_LIMITED, "too many requests are waiting");
        }
        all++;
        taken.put(key, mine + 1);
        return () -> leave(key);
    }

    private synchronized void leave(String key) {
        all--;
        taken.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1);
    }

    synchronized int taken() {
        return all;
    }

    /** One place. */
    @FunctionalInterface
    interface Place {
        void leave();
    }
}
