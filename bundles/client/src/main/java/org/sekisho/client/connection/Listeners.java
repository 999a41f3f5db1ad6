// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.sekisho.api.GroupId;
import org.sekisho.api.Registration;
import org.sekisho.groups.member.Delivery;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to the application, one at a time and in order. While nobody listens to a group's messages they wait, and other
 * events overtake them: whoever only wants to know how a change ended is told. Other events that nobody listens to are passed over.
 */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int PAGE = 100;

    private final MemberHost host;
    private final Map<GroupId, List<Listener<?>>> byGroup = new ConcurrentHashMap<>();

    /** Up to where only messages wait, of groups whose messages nobody listens to. Touched by the handing thread only. */
    private final Map<GroupId, Long> overtaken = new HashMap<>();

    private final List<Runnable> lookers = new CopyOnWriteArrayList<>();

    private record Listener<E extends MemberEvent>(Class<E> kind, Consumer<? super E> action) {

        void tell(MemberEvent event) {
            if (kind.isInstance(event)) {
                action.accept(kind.cast(event));
            }
        }
    }

    private final Consumer<MemberEvent> beforeHanding;

    Listeners(MemberHost host, Consumer<MemberEvent> beforeHanding) {
        this.host = host;
        this.beforeHanding = beforeHanding;
    }

    <E extends MemberEvent> Registration add(GroupId group, Class<E> kind, Consumer<? super E> action) {
        List<Listener<?>> all = byGroup.computeIfAbsent(group, g -> new CopyOnWriteArrayList<>());
        Listener<?> listener = new Listener<>(kind, action);
        all.add(listener);
        return () -> all.removeIf(other -> other == listener);
    }

    Registration add(Runnable look) {
        // a wrapper of its own, so that closing one registration leaves another of the same object alone
        Runnable mine = look::run;
        lookers.add(mine);
        return () -> lookers.removeIf(other -> other == mine);
    }

    /** One round: everything that can be handed over. */
    void turn() {
        lookers.forEach(Listeners::look);
        byGroup.forEach((group, all) -> {
            while (!all.isEmpty() && hand(group, all)) {
                // until nothing waits
            }
        });
    }

    /** True when a full page was handed over: there may be more. */
    private boolean hand(GroupId group, List<Listener<?>> all) {
        boolean fromTheFirst = areRead(all);
        long after = fromTheFirst ? 0 : overtaken.getOrDefault(group, 0L);
        List<Delivery> page = host.deliveries(group, after, PAGE);
        List<Delivery> had = new ArrayList<>();
        boolean left = false;
        for (Delivery delivery : page) {
            MemberEvent event = delivery.event();
            // asked for each one: a listener may go while it is told, and what it did not have must wait for the next,
            // in order; and one may come, but others wait before this page
            boolean waits = event instanceof MemberEvent.Message && (left || !fromTheFirst || !areRead(all));
            left |= waits;
            if (!waits) {
                beforeHanding.accept(event);
                all.forEach(listener -> tell(listener, event));
                had.add(delivery);
            }
        }
        if (!had.isEmpty()) {
            host.delivered(group, had);
        }
        if (areRead(all)) {
            overtaken.remove(group);
        } else if (!page.isEmpty()) {
            overtaken.put(group, page.get(page.size() - 1).n());
        }
        return page.size() == PAGE;
    }

    private static boolean areRead(List<Listener<?>> all) {
        return all.stream().anyMatch(listener -> listener.kind().isAssignableFrom(MemberEvent.Message.class));
    }

    private static void look(Runnable looker) {
        try {
            looker.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener failed", e);
        }
    }

    private static void tell(Listener<?> listener, MemberEvent event) {
        try {
            listener.tell(event);
        } catch (RuntimeException e) {
            // the application's own fault must not keep later events from it; the event is not logged, it may be
            // plaintext
            LOG.warn("a listener failed on {}", event.getClass().getSimpleName(), e);
        }
    }
}
