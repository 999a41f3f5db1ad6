// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.member.StoreRoots;

/**
 * Roots that no header needs, if the gateway tells the truth. They are kept for {@link #KEPT}, the newest {@value #MOST} of them:
 * a gateway that lied, or came back from a backup, can be helped by a member for so long. One thread at a time.
 */
final class UnneededRoots {

    static final Duration KEPT = Duration.ofDays(7);
    static final int MOST = 256;

    private static final Octets SINCE = Octets.utf8("f");
    private static final int PAGE = 500;

    private final GroupId group;
    private final StoreRoots roots;
    private final RowStore rows;
    private final HostClock clock;

    UnneededRoots(GroupId group, StoreRoots roots, RowStore rows, HostClock clock) {
        this.group = group;
        this.roots = roots;
        this.rows = rows;
        this.clock = clock;
    }

    /** What a look comes to: epochs to be forgotten, notes to be made and dropped. */
    private record Plan(List<Long> over, List<Long> noted, List<Long> dropped) {}

    /** {@code epochs}, ascending, are not needed now: those whose time has passed are forgotten. */
    void forget(List<Long> epochs) {
        long now = clock.lived();
        Plan plan = rows.read(group.value(), tx -> plan(tx, epochs, now));
        if (!plan.noted().isEmpty() || !plan.dropped().isEmpty()) {
            rows.transact(group.value(), tx -> {
                plan.dropped().forEach(epoch -> tx.delete(Table.STORE, key(epoch)));
                plan.noted().forEach(epoch -> tx.insert(Table.STORE, key(epoch), Octets.ofLong(now)));
                return null;
            });
        }
        if (!plan.over().isEmpty()) {
            roots.forget(group, plan.over());
        }
    }

    private static Plan plan(RowTx tx, List<Long> epochs, long now) {
        Set<Long> named = new HashSet<>(epochs);
        Set<Long> unnoted = new TreeSet<>(epochs);
        Set<Long> over = new TreeSet<>(epochs.subList(0, Math.max(0, epochs.size() - MOST)));
        List<Long> dropped = new ArrayList<>();
        for (Row row : tx.scan(Table.STORE, SINCE, Octets.EMPTY, PAGE)) {
            long epoch = row.key().slice(1, 9).toLong();
            unnoted.remove(epoch);
            if (!named.contains(epoch)) {
                dropped.add(epoch); // forgotten, or needed again
            } else if (now - row.value().toLong() >= KEPT.toMillis()) {
                over.add(epoch);
            }
        }
        unnoted.removeAll(over);
        return new Plan(List.copyOf(over), List.copyOf(unnoted), dropped);
    }

    private static Octets key(long epoch) {
        return Octets.concat(SINCE, Octets.ofLong(epoch));
    }
}
