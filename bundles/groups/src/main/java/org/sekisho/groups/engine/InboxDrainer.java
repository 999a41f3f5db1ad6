// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RollBack;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.groups.engine.Inbox.Waiting;

/**
 * Handles queued events, one transaction each. An event that breaks its scheme is tried {@link #MAX_ATTEMPTS} times, counted
 * in a transaction of its own; then a message is set aside and anything else suspends the instance (protocol note R13), so
 * one input cannot stop a group and no input is lost.
 */
public final class InboxDrainer {

    static final int MAX_ATTEMPTS = 3;

    private final RowStore rows;
    private final Runner runner;
    private final Inbox inbox;
    private final Host host;

    public InboxDrainer(RowStore rows, Runner runner, Inbox inbox, Host host) {
        this.rows = rows;
        this.runner = runner;
        this.inbox = inbox;
        this.host = host;
    }

    /** Handles what waits, until nothing does or the scheme cannot be reached. Gives the number of events that left the queue. */
    public int drain(Octets scope, long instance) {
        int done = 0;
        while (one(scope, instance)) {
            done++;
        }
        return done;
    }

    /** True when an event left the queue or was counted as failed: there may be more to do. */
    private boolean one(Octets scope, long instance) {
        Optional<Waiting> seen =
                rows.read(scope, tx -> runner.ready(tx, instance) ? inbox.first(tx, instance) : Optional.empty());
        if (seen.isEmpty()) {
            return false;
        }
        Waiting w = seen.get();
        try {
            rows.transact(scope, tx -> {
                if (stillFirst(tx, instance, w)) {
                    host.taking(tx, instance, w.event());
                    runner.handle(tx, host, instance, w.event());
                    inbox.remove(tx, instance, w.n());
                }
                return w;
            });
        } catch (SchemeFault fault) {
            rows.transact(scope, tx -> count(tx, instance, w, fault));
        } catch (SchemeSwapped swapped) {
            return true;
        } catch (UnavailableException | IndeterminateException later) {
            if (later.code() == ErrorCode.CAPABILITY_ABSENT) {
                return false;
            }
            if (later.code() != ErrorCode.QUEUE_FULL && later.code() != ErrorCode.RATE_LIMITED) {
                throw later;
            }
            // the scheme itself has no room: kept at the head, the event would stop what could make room
            refuse(scope, instance, w, later);
        } catch (SekishoException refused) {
            refuse(scope, instance, w, refused);
        } catch (RollBack again) {
            throw again;
        } catch (RuntimeException broken) {
            // R13: not the scheme's own fault, but tried for ever it would stop the group all the same
            rows.transact(scope, tx -> count(tx, instance, w, new SchemeFault("host", broken)));
        }
        return true;
    }

    private void refuse(Octets scope, long instance, Waiting w, SekishoException why) {
        rows.transact(scope, tx -> {
            if (stillFirst(tx, instance, w)) {
                inbox.remove(tx, instance, w.n());
                host.refused(tx, instance, w.event(), why);
            }
            return w;
        });
    }

    private boolean stillFirst(RowTx tx, long instance, Waiting w) {
        return inbox.first(tx, instance).filter(f -> f.n() == w.n()).isPresent();
    }

    /**
     * Counts a failure of an event that stands in the queue. For an event that was tried directly, {@link Inbox#add} it first.
     */
    private boolean count(RowTx tx, long instance, Waiting w, SchemeFault fault) {
        if (!stillFirst(tx, instance, w)) {
            return false;
        }
        Waiting failed = new Waiting(w.n(), w.attempts() + 1, w.event());
        if (failed.attempts() < MAX_ATTEMPTS && !fault.fatal()) {
            inbox.put(tx, instance, failed);
            return true;
        }
        boolean skip = w.event() instanceof Event.Message && !fault.fatal();
        if (skip) {
            inbox.setAside(
                    tx, instance, w, String.valueOf(fault.getCause().getClass().getName()));
        } else {
            inbox.put(tx, instance, new Waiting(w.n(), 0, w.event()));
            runner.setStatus(tx, instance, InstanceStatus.SUSPENDED, "POISON");
        }
        host.poisoned(tx, instance, w.event(), !skip);
        return true;
    }
}
