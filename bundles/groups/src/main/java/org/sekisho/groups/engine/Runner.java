// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;
import org.sekisho.api.store.RollBack;
import org.sekisho.api.store.RowTx;

/**
 * Runs one event of one instance inside the caller's transaction: load, reduce, store, apply the effects, then whatever these
 * caused. Either all of it is in the transaction or an exception leaves, and the caller's rollback undoes it:
 *
 * <ul>
 *   <li>{@link SekishoException}: the event is refused;
 *   <li>{@link UnavailableException} CAPABILITY_ABSENT: the scheme is not there, or the instance is suspended: queue it;
 *   <li>{@link SchemeSwapped}: run it again;
 *   <li>{@link SchemeFault}: the scheme is broken on this event.
 * </ul>
 *
 * <p>Stateless; safe for many threads on different scopes.
 */
public final class Runner {

    /** Most events one event may cause in its transaction. */
    static final int MAX_CHAIN = 64;

    private final SchemeSource schemes;
    private final InstanceStore store;
    private final Timers timers;
    private final HostClock clock;
    private final Entropy entropy;

    public Runner(SchemeSource schemes, StateSealer sealer, HostClock clock, Entropy entropy) {
        this.schemes = schemes;
        this.store = new InstanceStore(sealer);
        this.timers = new Timers(clock);
        this.clock = clock;
        this.entropy = entropy;
    }

    /** The id that {@link #create} will give next in this scope. */
    public long nextInstance(RowTx tx) {
        return store.nextId(tx);
    }

    /** Makes an instance and runs its first step. The group's own rows must be there already. Gives the instance's id. */
    public long create(RowTx tx, Host host, String schemeId, Role role, Octets params) {
        return create(tx, host, schemeId, role, params, OptionalLong.empty());
    }

    /**
     * As {@link #create(RowTx, Host, String, Role, Octets)}, for a group that ran another scheme before.
     *
     * @param heirOf the instance whose parts about membership the new one begins with
     */
    public long create(RowTx tx, Host host, String schemeId, Role role, Octets params, OptionalLong heirOf) {
        GroupKeyScheme scheme = present(schemeId);
        long id = store.nextId(tx);
        store.save(tx, store.fresh(tx, schemeId, role, scheme.descriptor().stateVersion()));
        heirOf.ifPresent(old -> carryOver(tx, old, id));
        InstanceRecord fresh = store.load(tx, id).orElseThrow();
        run(tx, host, fresh, scheme, ctx -> scheme.create(ctx, params));
        return fresh.id();
    }

    /** Gives the parts about membership of one instance to another, in place of its own. */
    public void carryOver(RowTx tx, long from, long to) {
        InstanceRecord heir = store.load(tx, to).orElseThrow(() -> new IllegalStateException("no instance"));
        List<Step.Part> parts = new ArrayList<>();
        for (String own : allKeys(tx, to)) {
            parts.add(new Step.Part(own, Optional.empty()));
        }
        for (String key : allKeys(tx, from)) {
            parts.add(new Step.Part(key, store.part(tx, from, key)));
        }
        store.save(tx, store.write(tx, heir.next(), parts));
    }

    private List<String> allKeys(RowTx tx, long instance) {
        List<String> all = new ArrayList<>();
        String after = "";
        for (List<String> page;
                !(page = store.partKeys(tx, instance, SchemeDescriptor.MEMBERSHIP, after, 500)).isEmpty(); ) {
            all.addAll(page);
            after = page.get(page.size() - 1);
        }
        return all;
    }

    /** Handles one event and all it causes. */
    public void handle(RowTx tx, Host host, long instance, Event event) {
        InstanceRecord record = active(tx, instance);
        GroupKeyScheme scheme = present(record.scheme());
        Octets head = migrated(record, scheme);
        if (event instanceof Event.Resume) {
            store.verify(tx, record);
        }
        run(tx, host, record, scheme, ctx -> scheme.handle(ctx, head, event));
        if (event instanceof Event.Abort) {
            end(tx, instance);
        }
    }

    private void run(
            RowTx tx, Host host, InstanceRecord start, GroupKeyScheme scheme, Function<InstanceCtx, Step> first) {
        Deque<Event> caused = new ArrayDeque<>();
        InstanceRecord record = step(tx, host, start, scheme, first, caused);
        int chain = 0;
        while (!caused.isEmpty()) {
            if (++chain > MAX_CHAIN) {
                throw new SchemeFault(record.scheme(), new IllegalStateException("endless chain of events"));
            }
            Event event = caused.removeFirst();
            InstanceRecord now = record;
            record = step(tx, host, now, scheme, ctx -> scheme.handle(ctx, now.head(), event), caused);
            if (event instanceof Event.Abort) {
                end(tx, record);
                break;
            }
        }
        if (schemes.scheme(record.scheme()).filter(s -> s == scheme).isEmpty()) {
            throw new SchemeSwapped(record.scheme());
        }
    }

    private InstanceRecord step(
            RowTx tx,
            Host host,
            InstanceRecord before,
            GroupKeyScheme scheme,
            Function<InstanceCtx, Step> reducer,
            Deque<Event> caused) {
        InstanceCtx ctx = new InstanceCtx(host.setting(tx, before.id()), tx, store, before, clock.now(), entropy);
        Step step = reduce(before.scheme(), ctx, reducer);
        if (step instanceof Step.Refuse refuse) {
            throw SekishoException.of(refuse.code(), refuse.reason());
        }
        Step.Next next = checked(before.scheme(), (Step.Next) step);
        InstanceRecord after = new InstanceRecord(
                before.id(),
                before.scheme(),
                before.role(),
                scheme.descriptor().stateVersion(),
                before.seq() + 1,
                before.partCount(),
                before.partSet(),
                next.head(),
                before.status(),
                before.reason());
        after = store.write(tx, after, next.parts());
        store.save(tx, after);
        try {
            for (Effect effect : next.effects()) {
                apply(tx, host, after.id(), effect, caused);
            }
        } catch (SekishoException | SchemeFault | RollBack known) {
            throw known;
        } catch (RuntimeException wrong) {
            // R13: what cannot be carried out must not come to the head of the queue for ever
            throw new SchemeFault(before.scheme(), wrong);
        }
        return after;
    }

    private static Step reduce(String schemeId, InstanceCtx ctx, Function<InstanceCtx, Step> reducer) {
        try {
            return reducer.apply(ctx);
        } catch (UnavailableException | IndeterminateException | RollBack storage) {
            throw storage;
        } catch (SekishoException refused) {
            // a decoder inside the scheme, or the context, found the input wrong: the same as Step.Refuse
            return new Step.Refuse(refused.code(), String.valueOf(refused.getMessage()));
        } catch (RuntimeException | Error broken) {
            throw new SchemeFault(schemeId, broken);
        }
    }

    private static Step.Next checked(String schemeId, Step.Next next) {
        long octets = next.head().size()
                + next.parts().stream()
                        .mapToLong(p -> p.value().map(Octets::size).orElse(0))
                        .sum();
        if (next.effects().size() > Step.MAX_EFFECTS || octets > Step.MAX_WRITES) {
            throw new SchemeFault(schemeId, new IllegalStateException("step over its limits"));
        }
        return next;
    }

    private void apply(RowTx tx, Host host, long instance, Effect effect, Deque<Event> caused) {
        if (effect instanceof Effect.SetTimer set) {
            timers.set(tx, instance, set.name(), set.after());
        } else if (effect instanceof Effect.CancelTimer cancel) {
            timers.cancel(tx, instance, cancel.name());
        } else {
            caused.addAll(host.apply(tx, instance, effect));
        }
    }

    private GroupKeyScheme present(String id) {
        return schemes.scheme(id)
                .orElseThrow(
                        () -> new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "scheme " + id + " is absent"));
    }

    private InstanceRecord active(RowTx tx, long instance) {
        InstanceRecord record = store.load(tx, instance).orElseThrow(() -> new IllegalStateException("no instance"));
        return switch (record.status()) {
            case ACTIVE -> record;
            case SUSPENDED -> throw new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "suspended");
            case ENDED -> throw new RejectedException(ErrorCode.UNKNOWN_SCHEME, "this instance has ended");
        };
    }

    private static Octets migrated(InstanceRecord record, GroupKeyScheme scheme) {
        SchemeDescriptor d = scheme.descriptor();
        if (record.stateVersion() == d.stateVersion()) {
            return record.head();
        }
        if (record.stateVersion() > d.stateVersion() || record.stateVersion() < d.oldestReadable()) {
            // another node or a later bundle may read it: this one leaves it alone (protocol note R28c)
            throw new UnavailableException(
                    ErrorCode.CAPABILITY_ABSENT, "state version " + record.stateVersion() + " is not readable here");
        }
        return scheme.migrate(record.stateVersion(), record.head());
    }

    /**
     * Tells the scheme that the instance ends, then ends it whatever becomes of that: with the scheme absent or broken too. Of
     * what the scheme wants at the end only {@link Effect.Audit}, {@link Effect.Notice} and {@link Effect.Evidence} is done.
     */
    public void abort(RowTx tx, Host host, long instance, String reason) {
        if (ready(tx, instance)) {
            InstanceRecord record = active(tx, instance);
            GroupKeyScheme scheme = present(record.scheme());
            InstanceCtx ctx = new InstanceCtx(host.setting(tx, instance), tx, store, record, clock.now(), entropy);
            for (Effect effect : lastWords(record, scheme, ctx, reason)) {
                if (effect instanceof Effect.Audit
                        || effect instanceof Effect.Notice
                        || effect instanceof Effect.Evidence) {
                    host.apply(tx, instance, effect);
                }
            }
        }
        end(tx, instance);
    }

    private static List<Effect> lastWords(
            InstanceRecord record, GroupKeyScheme scheme, InstanceCtx ctx, String reason) {
        try {
            Octets head = migrated(record, scheme);
            Step step = reduce(record.scheme(), ctx, c -> scheme.handle(c, head, new Event.Abort(reason)));
            return step instanceof Step.Next next ? next.effects() : List.of();
        } catch (SchemeFault fault) {
            // it ends all the same; the trail tells
            return List.of(new Effect.Audit("scheme.end", "instance " + record.id() + ": " + fault.getMessage()));
        }
    }

    /** Which scheme an instance is of. */
    public Optional<String> scheme(RowTx tx, long instance) {
        return store.load(tx, instance).map(InstanceRecord::scheme);
    }

    /** Ends an instance: no event reaches it any more. Its parts are deleted, its secrets with them. */
    public void end(RowTx tx, long instance) {
        store.load(tx, instance).ifPresent(record -> end(tx, record));
    }

    private void end(RowTx tx, InstanceRecord record) {
        timers.cancelAll(tx, record.id());
        InstanceRecord empty = record;
        for (List<String> keys; !(keys = store.partKeys(tx, record.id(), "", "", 500)).isEmpty(); ) {
            empty = store.write(
                    tx,
                    empty,
                    keys.stream().map(k -> new Step.Part(k, Optional.empty())).toList());
        }
        store.save(
                tx,
                new InstanceRecord(
                        empty.id(),
                        empty.scheme(),
                        empty.role(),
                        empty.stateVersion(),
                        empty.seq() + 1,
                        empty.partCount(),
                        empty.partSet(),
                        Octets.EMPTY,
                        InstanceStatus.ENDED,
                        "ended"));
    }

    /** Stops or lets go on; events wait in between. */
    public void setStatus(RowTx tx, long instance, InstanceStatus status, String reason) {
        store.load(tx, instance).ifPresent(r -> store.save(tx, r.withStatus(status, reason)));
    }

    /** What may be shown of the scope's instances; details are empty while the scheme is absent. */
    public List<InstanceView> instances(RowTx tx) {
        return store.loadAll(tx).stream().map(this::view).toList();
    }

    private InstanceView view(InstanceRecord r) {
        var details = schemes.scheme(r.scheme())
                .filter(s ->
                        r.status() != InstanceStatus.ENDED && s.descriptor().stateVersion() == r.stateVersion())
                .map(s -> s.inspect(r.head()))
                .orElse(java.util.Map.of());
        return new InstanceView(r.id(), r.scheme(), r.role(), r.seq(), r.status(), r.reason(), details);
    }

    /** True when an event given to {@link #handle} now would reach the scheme. */
    public boolean ready(RowTx tx, long instance) {
        return store.load(tx, instance)
                .filter(r -> r.status() == InstanceStatus.ACTIVE)
                .flatMap(r -> schemes.scheme(r.scheme())
                        .filter(s -> r.stateVersion() >= s.descriptor().oldestReadable()
                                && r.stateVersion() <= s.descriptor().stateVersion()))
                .isPresent();
    }

    public Timers timers() {
        return timers;
    }
}
