// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.Registration;
import org.sekisho.api.RejectedException;
import org.sekisho.api.Role;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.groups.SchemeView;
import org.sekisho.api.groups.SwitchView;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.groups.chain.MessageCounters;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.Inbox;
import org.sekisho.groups.engine.InstanceStatus;
import org.sekisho.groups.engine.Runner;
import org.sekisho.groups.engine.SchemeRegistry;
import org.sekisho.groups.engine.StateCorruptException;
import org.sekisho.groups.engine.StateSealer;
import org.sekisho.groups.gateway.Members.Stay;

/**
 * Groups at the gateway. Whatever returns is durable; whatever throws has left nothing behind but evidence and audit records.
 *
 * <p>Has no threads: somebody calls {@link #tick} now and then. Safe for many threads.
 */
public final class GatewayHost implements Groups, GroupHistory, SchemeSwitches {

    /** Longest reason of a suspension, in octets. */
    static final int MAX_REASON = 400;

    private static final Octets CURSOR = Octets.utf8("cursor of groups");

    private final GatewayParts parts;
    private final StateSealer sealer;
    private final Pulse pulse;
    private final Mailboxes mailboxes;

    /** What the host stands on. Schemes may come and go in {@code schemes} at any time. */
    public record Ground(
            RowStore rows,
            SchemeRegistry schemes,
            StateSealer sealer,
            GatewayIdentity identity,
            Function<LeafId, Optional<Participant>> directory,
            AuditTrail audit,
            HostClock clock,
            Entropy entropy,
            Quotas quotas) {

        /** With the usual quotas. */
        public Ground(
                RowStore rows,
                SchemeRegistry schemes,
                StateSealer sealer,
                GatewayIdentity identity,
                Function<LeafId, Optional<Participant>> directory,
                AuditTrail audit,
                HostClock clock,
                Entropy entropy) {
            this(rows, schemes, sealer, identity, directory, audit, clock, entropy, Quotas.DEFAULTS);
        }
    }

    public GatewayHost(Ground ground) {
        var groups = new GroupRows();
        var inbox = new Inbox(ground.clock());
        this.sealer = ground.sealer();
        this.parts = new GatewayParts(
                ground.rows(),
                ground.schemes(),
                new Runner(ground.schemes(), ground.sealer(), ground.clock(), ground.entropy()),
                inbox,
                groups,
                new GroupLog(),
                new Members(),
                new MessageCounters(),
                new InboxQueue(inbox),
                new Throttle(ground.clock()),
                new Incidents(groups, ground.audit(), ground.clock()),
                new ServerVoice(ground.identity(), ground.clock(), ground.entropy()),
                ground.audit(),
                ground.clock(),
                ground.directory()::apply,
                new Watchers(),
                ground.quotas());
        this.pulse = new Pulse(parts);
        this.mailboxes = new Mailboxes(parts);
    }

    /** Where refusals without an answer are counted from now on. */
    public void countWith(Optional<RefusalCounter> counter) {
        parts.incidents().countWith(counter);
    }

    public Mailbox mailbox() {
        return mailboxes;
    }

    /** Reads what waits in every group. Call it once before the first {@link #tick}, and again now and then. */
    public void rebuild() {
        pulse.rebuild();
    }

    /** Fires timers that are due and works off queues. */
    public void tick() {
        pulse.tick();
    }

    /** Forgets the entries of logs that are older than {@link Quotas#logKept}. Call it now and then. */
    public void forget() {
        pulse.forget();
    }

    /** A scheme came or was replaced: its groups go on. It must be in the registry already. */
    public void schemeAdded(String scheme) {
        pulse.schemeAdded(scheme);
    }

    @Override
    public GroupView create(Caller caller, Octets genesis) {
        GroupId group = new Foundation(parts).create(caller, genesis);
        pulse.changed(group);
        return group(caller, group);
    }

    @Override
    public GroupView group(Caller caller, GroupId group) {
        return reading(Operation.GROUP_READ, caller, group, new GroupViews(parts)::view);
    }

    @Override
    public Page<GroupView> groups(Caller caller, Optional<String> cursor, int limit) {
        Operation.GROUP_LIST.demand(caller);
        boolean all = Operation.GROUP_READ.permits(caller.roles());
        int most = Page.checkLimit(limit);
        Octets after = cursor.map(this::position).orElse(Octets.EMPTY);
        var found = new ArrayList<GroupView>();
        List<Octets> scopes = parts.rows().scopes(Table.GROUP, after, Page.MAX_LIMIT);
        for (Octets scope : scopes) {
            after = scope;
            parts.rows()
                    .read(scope, tx -> {
                        GroupState state = parts.groups().require(tx);
                        boolean shown = all || Access.roles(caller, state).contains(Role.MEMBER);
                        return shown ? Optional.of(new GroupViews(parts).view(tx, state)) : Optional.<GroupView>empty();
                    })
                    .ifPresent(found::add);
            if (found.size() == most) {
                break;
            }
        }
        boolean end =
                scopes.size() < Page.MAX_LIMIT && (scopes.isEmpty() || after.equals(scopes.get(scopes.size() - 1)));
        return new Page<>(found, end ? Optional.empty() : Optional.of(cursor(after)));
    }

    /** A page may end at a group that is not the caller's, whose id is not to be learnt. */
    private String cursor(Octets last) {
        return sealer.seal(CURSOR, last).base64();
    }

    private Octets position(String cursor) {
        try {
            return sealer.open(CURSOR, Octets.ofBase64(cursor));
        } catch (StateCorruptException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "not a cursor of this list");
        }
    }

    @Override
    public Receipt submit(Caller caller, GroupId group, Octets signedEnvelope) {
        Receipt receipt = surely(group, () -> new Submissions(parts).submit(caller, group, signedEnvelope));
        if (receipt.state() != Receipt.State.REPEATED) {
            pulse.changed(group);
        }
        return receipt;
    }

    @Override
    public Receipt order(Caller caller, GroupId group, Octets signedEnvelope) {
        String type = EnvelopeCodec.decodeSigned(signedEnvelope).envelope().type();
        if (!type.equals(REINIT) && !type.equals(CANCEL)) {
            throw new RejectedException(ErrorCode.MALFORMED, "not an order to switch the scheme");
        }
        reading(Operation.SCHEME_SWITCH, caller, group, (tx, state) -> state);
        return submit(caller, group, signedEnvelope);
    }

    @Override
    public Optional<SwitchView> pending(Caller caller, GroupId group) {
        return reading(Operation.GROUP_READ, caller, group, (tx, state) -> SwitchRows.find(tx)
                .map(p -> new GroupViews(parts).view(tx, p)));
    }

    @Override
    public Receipt ask(Caller caller, GroupId group, String scheme, String reason) {
        reading(Operation.SCHEME_SWITCH_ASK, caller, group, (tx, state) -> state);
        Receipt receipt = parts.rows().transact(group.value(), tx -> new SwitchRequests(parts)
                .ask(tx, caller.name(), scheme, shortened(reason)));
        parts.watchers().tell(group.value());
        return receipt;
    }

    @Override
    public SwitchView giveUp(Caller caller, GroupId group, String reason) {
        reading(Operation.SCHEME_SWITCH_ASK, caller, group, (tx, state) -> state);
        SwitchView view = Participants.looking(
                parts.directory(), participants -> parts.rows().transact(group.value(), tx -> {
                    var side = new ServerSide(parts, participants);
                    PendingSwitch pending = new SwitchBook(parts).giveUp(tx, side, caller.name(), shortened(reason));
                    return new GroupViews(parts).view(tx, pending);
                }));
        pulse.changed(group);
        return view;
    }

    @Override
    public Receipt post(Caller caller, GroupId group, Octets sealedMessage) {
        Receipt receipt = new Messages(parts).post(caller, group, sealedMessage);
        if (receipt.state() == Receipt.State.DONE) {
            parts.watchers().tell(group.value());
        }
        return receipt;
    }

    @Override
    public List<LogEntry> read(Caller caller, GroupId group, long after, int limit) {
        LeafId leaf = caller.requireLeaf();
        return parts.rows().read(group.value(), tx -> {
            GroupState state = parts.groups().require(tx);
            List<Stay> stays = demandLog(tx, caller, state);
            if (after >= stays.get(stays.size() - 1).to()) {
                throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member any more, and all that was is read");
            }
            List<Stay> readable = unforgotten(stays, after, Retention.floor(tx, leaf));
            var range = new GroupLog.Range(
                    Math.max(after, readable.get(0).from() - 1),
                    readable.get(readable.size() - 1).to());
            return parts.log()
                    .read(
                            tx,
                            leaf,
                            range,
                            Page.checkLimit(limit),
                            (n, to) -> to.map(leaf::equals).orElse(true)
                                    && readable.stream().anyMatch(s -> s.covers(n)));
        });
    }

    /** Who missed what was forgotten cannot go on from there, but from a later stay of its own. */
    private static List<Stay> unforgotten(List<Stay> stays, long after, long floor) {
        if (after >= floor) {
            return stays;
        }
        List<Stay> whole = stays.stream().filter(stay -> stay.from() > floor).toList();
        if (whole.isEmpty()) {
            throw new ConflictException(
                    ErrorCode.LOG_EXPIRED,
                    "entries up to " + floor + " are no longer kept, and not all of them were read");
        }
        return whole;
    }

    @Override
    public Registration watch(Caller caller, GroupId group, Runnable onNews) {
        parts.rows()
                .read(group.value(), tx -> demandLog(tx, caller, parts.groups().require(tx)));
        return parts.watchers().add(group.value(), onNews);
    }

    /** Who was a member reads what was said in its time. */
    private List<Stay> demandLog(RowTx tx, Caller caller, GroupState state) {
        List<Stay> stays = parts.members().stays(tx, caller.requireLeaf());
        Access.demand(
                Operation.GROUP_LOG, caller, stays.isEmpty() ? java.util.Set.of() : java.util.Set.of(Role.MEMBER));
        return stays;
    }

    @Override
    public ChainPage chain(Caller caller, GroupId group, Optional<String> cursor) {
        return chain(caller, group, cursor, Page.MAX_LIMIT);
    }

    ChainPage chain(Caller caller, GroupId group, Optional<String> cursor, int most) {
        return reading(Operation.GROUP_CHAIN, caller, group, (tx, state) -> new ChainPages(parts, most)
                .page(tx, state, cursor));
    }

    @Override
    public Page<EpochRecord> epochs(Caller caller, GroupId group, long after, int limit) {
        int most = Page.checkLimit(limit);
        return reading(Operation.GROUP_EPOCHS, caller, group, (tx, state) -> {
            List<EpochRecord> items = new EpochBook(parts).epochs(tx, after, most);
            Optional<String> next = items.size() < most
                    ? Optional.empty()
                    : Optional.of(Long.toString(items.get(most - 1).header().epoch()));
            return new Page<>(items, next);
        });
    }

    @Override
    public List<SchemeView> schemes(Caller caller) {
        Operation.SCHEME_LIST.demand(caller);
        return parts.schemes().all().stream()
                .map(scheme -> {
                    SchemeDescriptor d = scheme.descriptor();
                    return new SchemeView(
                            d.id(),
                            d.stateVersion(),
                            d.capabilities(),
                            d.blind(),
                            d.blindReason(),
                            pulse.groups(d.id()));
                })
                .toList();
    }

    @Override
    public GroupView suspend(Caller caller, GroupId group, String reason) {
        String why = shortened(reason);
        return setStatus(caller, group, InstanceStatus.SUSPENDED, why);
    }

    @Override
    public GroupView resume(Caller caller, GroupId group) {
        setStatus(caller, group, InstanceStatus.ACTIVE, "");
        pulse.resume(group, "resumed by an operator");
        return group(caller, group);
    }

    /** At most {@value #MAX_REASON} octets of UTF-8, as the instance's row takes them. */
    private static String shortened(String reason) {
        String text = org.sekisho.codec.Cbor.nfc(new String(reason.getBytes(UTF_8), UTF_8));
        int end = text.length();
        while (text.substring(0, end).getBytes(UTF_8).length > MAX_REASON) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private GroupView setStatus(Caller caller, GroupId group, InstanceStatus status, String why) {
        Operation.SCHEME_SUSPEND.demand(caller);
        boolean active = status == InstanceStatus.ACTIVE;
        return parts.rows().transact(group.value(), tx -> {
            GroupState state = parts.groups().require(tx);
            var instances = new ArrayList<Long>();
            instances.add(state.record().instance());
            SwitchRows.find(tx).filter(PendingSwitch::preparing).ifPresent(p -> instances.add(p.instance()));
            for (long instance : instances) {
                parts.runner().setStatus(tx, instance, status, why);
                if (active) {
                    parts.inbox().revive(tx, instance);
                }
            }
            if (active) {
                parts.groups().save(tx, state.record().withAlarm(""));
            }
            parts.audit()
                    .append(
                            tx,
                            AuditEntry.ok(
                                    caller.name(), active ? "group.resume" : "group.suspend", group.toString(), why));
            return new GroupViews(parts).view(tx, parts.groups().require(tx));
        });
    }

    @Override
    public Map<String, String> inspect(Caller caller, GroupId group) {
        return reading(Operation.GROUP_READ, caller, group, new GroupViews(parts)::inspect);
    }

    @Override
    public Receipt request(Caller caller, GroupId group, String name, Octets args) {
        reading(Operation.MANAGEMENT_RENEW, caller, group, (tx, state) -> state);
        Receipt receipt = surely(group, () -> new Submissions(parts).give(group, new Event.Request(name, args)));
        pulse.changed(group);
        return receipt;
    }

    /** When nobody knows whether {@code work} was committed, the next beat looks. */
    private <T> T surely(GroupId group, Supplier<T> work) {
        try {
            return work.get();
        } catch (IndeterminateException e) {
            pulse.touch(group);
            throw e;
        }
    }

    private <T> T reading(Operation operation, Caller caller, GroupId group, BiFunction<RowTx, GroupState, T> work) {
        return parts.rows().read(group.value(), tx -> {
            GroupState state = parts.groups().require(tx);
            Access.demand(operation, caller, state);
            return work.apply(tx, state);
        });
    }
}
