// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.sekisho.api.GroupId;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.groups.engine.Timers;

/** What happens because time passes: timers, erasure of secrets, vouching for the view, the end of a scheme switch. */
final class Ticking {

    private static final Duration VOUCH_AGAIN = Duration.ofSeconds(30);

    private final MemberParts parts;
    private final Settling settling;
    private final Map<GroupId, Long> vouched = new HashMap<>();

    Ticking(MemberParts parts, Settling settling) {
        this.parts = parts;
        this.settling = settling;
    }

    void tick(GroupId group) {
        if (!parts.rows().read(group.value(), tx -> isDue(tx, group))) {
            return;
        }
        boolean vouch = vouchesNow(group);
        parts.rows().transact(group.value(), tx -> {
            for (Timers.Due timer : parts.runner().timers().takeDue(tx)) {
                parts.inbox().add(tx, timer.instance(), new Event.Timer(timer.name()));
            }
            if (vouch && parts.freshView().isDue(tx, parts.clock().now())) {
                parts.freshView().vouch(tx, parts.clock().now());
            }
            parts.switches().tick(tx);
            parts.epochs().erase(tx, parts.clock().lived());
            return group;
        });
        if (vouch) {
            vouched.put(group, parts.clock().lived());
        }
        settling.settle(group);
    }

    private boolean isDue(RowTx tx, GroupId group) {
        long lived = parts.clock().lived();
        return parts.runner().timers().nextDue(tx).orElse(Long.MAX_VALUE) <= lived
                || parts.epochs().all(tx).stream().anyMatch(e -> e.eraseAt() != EpochRows.KEPT && e.eraseAt() <= lived)
                || settling.waits(tx)
                || parts.switches().isDue(tx)
                || vouchesNow(group)
                        && parts.freshView().isDue(tx, parts.clock().now());
    }

    /** Not again while the last word may still be on its way. */
    private boolean vouchesNow(GroupId group) {
        Long last = vouched.get(group);
        return last == null || parts.clock().lived() - last > VOUCH_AGAIN.toMillis();
    }
}
