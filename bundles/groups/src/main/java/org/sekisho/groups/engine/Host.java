// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.List;
import org.sekisho.api.SekishoException;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;

/** The side that owns the group's data: the gateway's or a member's. All calls are inside a transaction of the group. */
public interface Host {

    /** What {@code instance} may know of the transaction's group now. */
    Setting setting(RowTx tx, long instance);

    /**
     * Carries one effect out (timers are the runner's own). Whatever leaves the process is written to the store here and
     * sent after the commit. What is returned happens to the instance next, in this transaction. Throws a {@link
     * SekishoException} to refuse the whole step.
     */
    List<Event> apply(RowTx tx, long instance, Effect effect);

    /** A queued event is about to be handled, in this transaction. What is done here is undone if the event is not. */
    default void taking(RowTx tx, long instance, Event event) {}

    /** A queued event was refused; its sender should know. The event has left the queue. */
    void refused(RowTx tx, long instance, Event event, SekishoException why);

    /** An event was set aside, or the instance was suspended: an alarm. */
    void poisoned(RowTx tx, long instance, Event event, boolean suspended);
}
