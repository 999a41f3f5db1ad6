// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/** Timers of instances, due by {@link HostClock#lived()}. One firing per timer, however late. */
public final class Timers {

    /** Most timers of one instance. */
    static final int MAX_TIMERS = 64;

    private final HostClock clock;

    public Timers(HostClock clock) {
        this.clock = clock;
    }

    void set(RowTx tx, long instance, String name, Duration after) {
        Octets key = key(instance, name);
        if (tx.get(Table.TIMER, key).isEmpty() && tx.count(Table.TIMER, InstanceStore.key(instance)) >= MAX_TIMERS) {
            throw new IllegalStateException("too many timers");
        }
        tx.put(Table.TIMER, key, Octets.ofLong(clock.lived() + Math.max(0, after.toMillis())));
    }

    void cancel(RowTx tx, long instance, String name) {
        tx.delete(Table.TIMER, key(instance, name));
    }

    void cancelAll(RowTx tx, long instance) {
        tx.scan(Table.TIMER, InstanceStore.key(instance), Octets.EMPTY, MAX_TIMERS)
                .forEach(row -> tx.delete(Table.TIMER, row.key()));
    }

    /** A timer that is due. */
    public record Due(long instance, String name) {}

    /** Takes the timers that are due now away and gives them. */
    public List<Due> takeDue(RowTx tx) {
        long lived = clock.lived();
        return tx.scan(Table.TIMER, Octets.EMPTY, Octets.EMPTY, 500).stream()
                .filter(row -> row.value().toLong() <= lived)
                .map(row -> {
                    tx.delete(Table.TIMER, row.key());
                    return new Due(
                            row.key().toLong(),
                            row.key().slice(8, row.key().size()).asUtf8());
                })
                .toList();
    }

    /** When the next timer of this scope is due, in lived milliseconds. */
    public OptionalLong nextDue(RowTx tx) {
        return tx.scan(Table.TIMER, Octets.EMPTY, Octets.EMPTY, 500).stream()
                .mapToLong(row -> row.value().toLong())
                .min();
    }

    private static Octets key(long instance, String name) {
        return Octets.concat(InstanceStore.key(instance), Octets.utf8(name));
    }
}
