// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.api.ConflictException;
import org.sekisho.api.GroupId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.groups.engine.InboxDrainer;
import org.sekisho.groups.engine.SchemeFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps groups going without anybody asking: timers, queues, schemes that came back. Knows in memory which group needs what
 * next; the store has the truth, and {@link #rebuild} reads it.
 *
 * <p>Safe for many threads; a group that fails is tried again and holds up no other.
 */
final class Pulse {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final int PAGE = 500;

    /** Times that a few entries of one group are forgotten in a row. */
    private static final int MOST_FORGOTTEN = 100;

    /** How long a group that failed, or cannot go on, is left alone, in milliseconds. */
    private static final long PAUSE = 1000;

    private final GatewayParts parts;
    private final Map<GroupId, Long> due = new ConcurrentHashMap<>();
    private final Set<GroupId> backlog = ConcurrentHashMap.newKeySet();
    private final Map<GroupId, List<Runs>> schemes = new ConcurrentHashMap<>();
    private final Map<GroupId, Instant> switches = new ConcurrentHashMap<>();
    private final Map<GroupId, Long> pausedUntil = new ConcurrentHashMap<>();
    private final Map<GroupId, String> resuming = new ConcurrentHashMap<>();

    /** An instance of a group: one, or two while it moves to another scheme. */
    private record Runs(long instance, String scheme) {}

    Pulse(GatewayParts parts) {
        this.parts = parts;
    }

    /** Number of groups per scheme, as far as known. */
    long groups(String scheme) {
        return schemes.values().stream()
                .filter(all -> all.get(0).scheme().equals(scheme))
                .count();
    }

    /** Reads every group's timers and queue: at the start, and now and then where several gateways share a database. */
    void rebuild() {
        Octets after = Octets.EMPTY;
        for (List<Octets> page; !(page = parts.rows().scopes(Table.GROUP, after, PAGE)).isEmpty(); ) {
            page.forEach(scope -> quietly(new GroupId(scope), this::look));
            after = page.get(page.size() - 1);
        }
    }

    /** What to call after a change of a group: watchers are told, the queue is worked off, timers are looked at. */
    void changed(GroupId group) {
        touch(group);
        quietly(group, g -> {
            look(g);
            if (backlog.contains(g)) {
                drain(g);
            }
            settleSwitch(g);
        });
        parts.watchers().tell(group.value());
    }

    /** Has the next beat look at a group of which it is not known whether it changed. */
    void touch(GroupId group) {
        backlog.add(group);
    }

    /** Fires what is due and works off what waits. */
    void tick() {
        long lived = parts.clock().lived();
        pausedUntil.values().removeIf(until -> until <= lived);
        due.forEach((group, at) -> {
            if (at <= lived && !pausedUntil.containsKey(group)) {
                quietly(group, this::fire);
            }
        });
        switches.forEach((group, end) -> {
            if (!pausedUntil.containsKey(group)) {
                quietly(group, this::settleSwitch);
            }
        });
        for (GroupId group : List.copyOf(resuming.keySet())) {
            if (!pausedUntil.containsKey(group)) {
                quietly(group, this::resume);
            }
        }
        for (GroupId group : List.copyOf(backlog)) {
            if (!pausedUntil.containsKey(group)) {
                quietly(group, this::drain);
            }
        }
    }

    /** Forgets what logs need not keep any longer and what was set aside long ago, of one group after the other. */
    void forget() {
        var retention = new Retention(parts.quotas().logKept());
        Octets after = Octets.EMPTY;
        for (List<Octets> page; !(page = parts.rows().scopes(Table.GROUP, after, PAGE)).isEmpty(); ) {
            page.forEach(scope -> quietly(new GroupId(scope), group -> forget(group, retention)));
            after = page.get(page.size() - 1);
        }
    }

    private void forget(GroupId group, Retention retention) {
        if (parts.rows().<Boolean>read(group.value(), parts.inbox()::hasOld)) {
            parts.rows().transact(group.value(), tx -> {
                parts.inbox().forgetOld(tx);
                return group;
            });
        }
        long lived = parts.clock().lived();
        boolean more = parts.rows().read(group.value(), tx -> retention.isDue(tx, lived));
        // the rest at the next time: timers and queues wait for this thread
        for (int i = 0; more && i < MOST_FORGOTTEN; i++) {
            more = parts.rows().transact(group.value(), tx -> retention.turn(tx, parts.log(), lived));
        }
    }

    /** A scheme came, or came anew: every instance of it hears so, then gets what waited. */
    void schemeAdded(String scheme) {
        for (Map.Entry<GroupId, List<Runs>> entry : Map.copyOf(schemes).entrySet()) {
            if (entry.getValue().stream().anyMatch(r -> r.scheme().equals(scheme))) {
                resuming.put(entry.getKey(), "scheme added");
                quietly(entry.getKey(), this::resume);
            }
        }
    }

    /** Gives a scheme switch up whose time is over or whose new scheme failed. */
    private void settleSwitch(GroupId group) {
        Instant end = switches.get(group);
        if (end == null || !parts.clock().now().isAfter(end)) {
            return;
        }
        Participants.looking(parts.directory(), participants -> parts.rows().transact(group.value(), tx -> {
            var side = new ServerSide(parts, participants);
            return new SwitchBook(parts).settle(tx, side).isPresent();
        }));
        look(group);
        drain(group);
        parts.watchers().tell(group.value());
    }

    void resume(GroupId group, String reason) {
        resuming.put(group, reason);
        quietly(group, this::resume);
    }

    /** Before anything that waits, the scheme hears that it goes on; if that cannot be done now, a later beat does it. */
    private void resume(GroupId group) {
        var event = new Event.Resume(resuming.getOrDefault(group, "resumed"));
        for (Runs runs : schemes.computeIfAbsent(group, this::instances)) {
            resume(group, runs.instance(), event);
        }
        resuming.remove(group);
        look(group);
        drain(group);
    }

    private void resume(GroupId group, long instance, Event event) {
        try {
            Participants.looking(parts.directory(), participants -> parts.rows().transact(group.value(), tx -> {
                if (parts.runner().ready(tx, instance)) {
                    parts.runner().handle(tx, new ServerSide(parts, participants), instance, event);
                }
                return instance;
            }));
        } catch (SchemeFault fault) {
            LOG.warn("group {}: resuming failed, queued: {}", group, fault.getMessage());
            parts.rows().transact(group.value(), tx -> {
                parts.inbox().add(tx, instance, event);
                return group;
            });
        } catch (RejectedException | ConflictException refused) {
            LOG.warn("group {}: the scheme refused to resume: {}", group, refused.getMessage());
        }
    }

    private List<Runs> instances(GroupId group) {
        return parts.rows()
                .read(
                        group.value(),
                        tx -> instances(tx, parts.groups().require(tx).record()));
    }

    /** The scheme in use first. */
    private static List<Runs> instances(RowTx tx, GroupRecord record) {
        var all = new ArrayList<Runs>();
        all.add(new Runs(record.instance(), record.running().schemeId()));
        SwitchRows.find(tx)
                .filter(PendingSwitch::preparing)
                .ifPresent(p -> all.add(new Runs(p.instance(), p.next().schemeId())));
        return all;
    }

    private void look(GroupId group) {
        record Seen(List<Runs> runs, OptionalLong next, boolean waiting, Optional<Instant> switchEnd) {}
        Seen seen = parts.rows().read(group.value(), tx -> {
            List<Runs> runs = instances(tx, parts.groups().require(tx).record());
            return new Seen(
                    runs,
                    parts.runner().timers().nextDue(tx),
                    runs.stream().anyMatch(r -> parts.inbox().size(tx, r.instance()) > 0),
                    SwitchRows.find(tx).map(Pulse::end));
        });
        schemes.put(group, seen.runs());
        seen.switchEnd().ifPresentOrElse(end -> switches.put(group, end), () -> switches.remove(group));
        if (seen.next().isPresent()) {
            due.put(group, seen.next().getAsLong());
        } else {
            due.remove(group);
        }
        if (seen.waiting()) {
            backlog.add(group);
        } else {
            backlog.remove(group);
        }
    }

    /** When somebody must look at a switch again: now, if the new scheme has failed. */
    private static Instant end(PendingSwitch pending) {
        boolean failed = pending.preparing() && !pending.failure().isEmpty();
        return failed ? Instant.MIN : pending.reinit().reinit().notAfter();
    }

    /** Timers go through the queue, which knows what to do when they fail. */
    private void fire(GroupId group) {
        parts.rows().transact(group.value(), tx -> {
            for (var timer : parts.runner().timers().takeDue(tx)) {
                parts.inbox().add(tx, timer.instance(), new Event.Timer(timer.name()));
            }
            return group;
        });
        drain(group);
    }

    private void drain(GroupId group) {
        int done = Participants.looking(parts.directory(), participants -> {
            var side = new ServerSide(parts, participants);
            var drainer = new InboxDrainer(parts.rows(), parts.runner(), parts.inbox(), side);
            return instances(group).stream()
                    .mapToInt(runs -> drainer.drain(group.value(), runs.instance()))
                    .sum();
        });
        look(group);
        if (done > 0) {
            parts.watchers().tell(group.value());
        } else if (backlog.contains(group)) {
            pause(group);
        }
    }

    @FunctionalInterface
    private interface Work {
        void on(GroupId group);
    }

    private void quietly(GroupId group, Work work) {
        try {
            work.on(group);
        } catch (NotFoundException e) {
            // it was never founded
            backlog.remove(group);
            due.remove(group);
            switches.remove(group);
            resuming.remove(group);
        } catch (RuntimeException e) {
            // what was committed stays; a later beat tries again
            LOG.warn("group {}: {}", group, e.toString());
            touch(group);
            pause(group);
        }
    }

    private void pause(GroupId group) {
        pausedUntil.put(group, parts.clock().lived() + PAUSE);
    }
}
