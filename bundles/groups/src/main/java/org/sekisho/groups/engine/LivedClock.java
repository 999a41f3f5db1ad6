// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;

/**
 * The host's clock: wall time as it is, and a counter of lived milliseconds that follows a monotonic clock while running.
 * Over a restart it takes on the wall difference, but at least 0 and at most one hour, so a jump of the wall clock can neither
 * fire everything at once nor stop timers (protocol note R27).
 *
 * <p>{@link #save} must be called now and then, and at the end; what was lived since the last save is otherwise taken from the
 * wall clock at the next start.
 */
public final class LivedClock implements HostClock {

    static final Duration MAX_GAP = Duration.ofHours(1);
    private static final Octets SCOPE = Octets.utf8("host");
    private static final Octets KEY = Octets.utf8("lived");

    private final RowStore rows;
    private final InstantSource wall;
    private final LongSupplier nanos;
    private final long livedAtStart;
    private final long nanosAtStart;

    /** Blocks on the store once. */
    public LivedClock(RowStore rows, InstantSource wall, LongSupplier nanos) {
        this.rows = rows;
        this.wall = wall;
        this.nanos = nanos;
        this.nanosAtStart = nanos.getAsLong();
        this.livedAtStart = rows.read(SCOPE, tx -> tx.get(Table.COUNTER, KEY))
                .map(saved -> saved.toLong() + gap(saved.slice(8, 16).toLong()))
                .orElse(0L);
    }

    private long gap(long wallAtSave) {
        return Math.max(0, Math.min(MAX_GAP.toMillis(), wall.millis() - wallAtSave));
    }

    @Override
    public Instant now() {
        return wall.instant();
    }

    @Override
    public long lived() {
        return livedAtStart + (nanos.getAsLong() - nanosAtStart) / 1_000_000;
    }

    /** Keeps the counter. */
    public void save() {
        Octets value = Octets.concat(Octets.ofLong(lived()), Octets.ofLong(wall.millis()));
        rows.transact(SCOPE, tx -> {
            tx.put(Table.COUNTER, KEY, value);
            return value;
        });
    }
}
