// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.groups.engine.InboxDrainer;

/** Lets the schemes of a group handle what waits, then opens and erases what follows from it. */
final class Settling {

    private final MemberParts parts;

    Settling(MemberParts parts) {
        this.parts = parts;
    }

    /** A new process on an old store: the schemes hear of it, and keys whose rows are gone are destroyed. */
    void resume(GroupId group) {
        parts.rows().transact(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            if (state.status() != MemberStatus.REMOVED) {
                instances(tx).forEach(instance -> parts.inbox().add(tx, instance, new Event.Resume("opened")));
            }
            return state;
        });
        settle(group);
        parts.epochs().shredOrphans(group.value(), epochKeys());
    }

    /** The scheme in use, and the one that the group moves to. Empty before there is any. */
    private static List<Long> instances(RowTx tx) {
        List<Long> all = new ArrayList<>();
        long running = ChainRows.state(tx).instance();
        if (running > 0) {
            all.add(running);
        }
        MemberSwitch.find(tx).map(MemberSwitch::instance).ifPresent(all::add);
        return all;
    }

    /** Lets the schemes handle what waits; false when something goes on waiting. */
    boolean settle(GroupId group) {
        Octets scope = group.value();
        List<Long> instances = parts.rows().read(scope, Settling::instances);
        if (parts.rows().read(scope, parts.switches()::hasEarly)) {
            parts.rows().transact(scope, tx -> {
                parts.switches().deliverEarly(tx);
                return scope;
            });
        }
        var drainer = new InboxDrainer(parts.rows(), parts.runner(), parts.inbox(), parts.effects());
        instances.forEach(instance -> drainer.drain(scope, instance));
        if (instances.isEmpty()) {
            return true;
        }
        openHeld(group);
        shred(group);
        return parts.rows().read(scope, tx -> {
            boolean removed = ChainRows.state(tx).status() == MemberStatus.REMOVED;
            return removed || !waits(tx);
        });
    }

    private void openHeld(GroupId group) {
        EpochCache cache = parts.caches().of(group);
        Octets scope = group.value();
        boolean held = parts.rows()
                .read(scope, tx -> Keyed.since(tx) > 0 && parts.messageIntake().holds(tx));
        if (held) {
            parts.rows().transact(scope, tx -> {
                parts.messageIntake().takeHeld(tx, cache);
                return scope;
            });
        }
    }

    /** Whether an event waits for a scheme. */
    boolean waits(RowTx tx) {
        return instances(tx).stream().anyMatch(instance -> parts.inbox().size(tx, instance) > 0);
    }

    /** Destroys the keys of erased epochs, in memory and outside of the store. */
    private void shred(GroupId group) {
        if (parts.epochs().takeTrimmed(group.value())) {
            parts.caches().of(group).clear();
            parts.epochs().shredOrphans(group.value(), epochKeys());
        }
    }

    private SortedSet<Octets> epochKeys() {
        try {
            return parts.vault().epochKeys().ids();
        } catch (IOException e) {
            throw new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the files of epoch keys");
        }
    }
}
