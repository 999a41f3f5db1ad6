// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket per key, for a bounded number of keys.
 *
 * <p>A strict instance never forgets a key that is not full again: when there is no room, new keys get nothing (fail
 * closed). A lenient one forgets the key that was quiet for longest. Safe for many threads.
 */
final class TokenBuckets {

    private static final double NANOS = 1e9;

    private final double capacity;
    private final double perSecond;
    private final int maxKeys;
    private final boolean strict;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

    private static final class Bucket {
        private double tokens;
        private long at;
    }

    TokenBuckets(double capacity, double perSecond, int maxKeys, boolean strict, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.maxKeys = maxKeys;
        this.strict = strict;
        this.nanoTime = nanoTime;
    }

    /** Takes one token; false when there is none. */
    synchronized boolean take(String key) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            if (!makeRoom()) {
                return false;
            }
            bucket = new Bucket();
            bucket.tokens = capacity;
            bucket.at = nanoTime.getAsLong();
            buckets.put(key, bucket);
        }
        refill(bucket);
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }

    /** Puts one token back, for work that turned out not to count. */
    synchronized void giveBack(String key) {
        Bucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.tokens = Math.min(capacity, bucket.tokens + 1);
        }
    }

    private boolean makeRoom() {
        if (buckets.size() < maxKeys) {
            return true;
        }
        var eldest = buckets.entrySet().iterator().next();
        refill(eldest.getValue());
        if (strict && eldest.getValue().tokens < capacity) {
            return false;
        }
        buckets.remove(eldest.getKey());
        return true;
    }

    private void refill(Bucket bucket) {
        long now = nanoTime.getAsLong();
        bucket.tokens = Math.min(capacity, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
        bucket.at = now;
    }
}
