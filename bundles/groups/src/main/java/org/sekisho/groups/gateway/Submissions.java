// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Limit;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.groups.chain.EnvelopeGate;
import org.sekisho.groups.chain.EnvelopeGate.Admitted;
import org.sekisho.groups.chain.PolicyCheck;
import org.sekisho.groups.engine.SchemeFault;

/**
 * Takes what members say to the server or to everyone. One transaction: gate, freshness, and then either the host itself (types
 * {@code host/...}), or the scheme, or, while that cannot be reached, the queue. A refused message leaves no trace (P7).
 */
final class Submissions {

    /** Longest encoded submission, in octets: one row holds it. */
    static final int MAX_SIZE = 7 << 20;

    static final String COMMIT = "host/commit";
    static final String COMPLAINT = "host/complaint";
    static final String POLICY = "host/policy";
    static final String FRESH_VIEW = "host/fresh";
    private static final String HOST = "host/";

    private final GatewayParts parts;

    Submissions(GatewayParts parts) {
        this.parts = parts;
    }

    /** What the transaction decided; a refusal that had to leave evidence is thrown after it. */
    private record Outcome(Receipt receipt, Optional<SekishoException> refusal) {

        static Outcome of(long n, Receipt.State state) {
            return new Outcome(new Receipt(n, state), Optional.empty());
        }
    }

    Receipt submit(Caller caller, GroupId group, Octets bytes) {
        LeafId sender = caller.requireLeaf();
        Limit.atMost("envelope octets", bytes.size(), MAX_SIZE);
        Outcome outcome;
        try {
            outcome = take(caller, group, sender, bytes, false);
        } catch (SchemeFault fault) {
            // R13: not the sender's fault as far as anybody knows; the queue counts the attempts
            outcome = take(caller, group, sender, bytes, true);
        } catch (UnavailableException gone) {
            requireAbsence(gone);
            outcome = take(caller, group, sender, bytes, true);
        }
        outcome.refusal().ifPresent(e -> {
            throw e;
        });
        return outcome.receipt();
    }

    /** The scheme went between the look at it and the call: that is what the queue is for. Anything else is thrown on. */
    private static void requireAbsence(UnavailableException e) {
        if (e.code() != ErrorCode.CAPABILITY_ABSENT) {
            throw e;
        }
    }

    private Outcome take(Caller caller, GroupId group, LeafId sender, Octets bytes, boolean queueOnly) {
        return Participants.looking(
                parts.directory(), participants -> parts.rows().transact(group.value(), tx -> {
                    GroupState state = parts.groups().require(tx);
                    Access.demand(Operation.GROUP_SUBMIT, caller, state);
                    var gate = new EnvelopeGate(group, to -> !(to instanceof Party.Member), state::key);
                    Admitted message = gate.admit(bytes, sender);
                    return switch (parts.counters().check(tx, message.envelope(), message.hash())) {
                        case FRESH -> {
                            parts.counters().record(tx, message.envelope(), message.hash());
                            var side = new ServerSide(parts, participants);
                            yield dispatch(tx, side, state, sender, message, queueOnly);
                        }
                        case REPEATED -> Outcome.of(0, Receipt.State.REPEATED);
                        case REPLAYED -> throw replayed();
                        case CONFLICTING -> {
                            parts.incidents().evidence(tx, sender.toString(), "two messages, one counter", bytes);
                            yield new Outcome(new Receipt(0, Receipt.State.REPEATED), Optional.of(replayed()));
                        }
                    };
                }));
    }

    private static ConflictException replayed() {
        return new ConflictException(ErrorCode.REPLAYED, "this message was taken before");
    }

    private Outcome dispatch(
            RowTx tx, ServerSide side, GroupState state, LeafId sender, Admitted message, boolean queueOnly) {
        Envelope envelope = message.envelope();
        if (envelope.type().startsWith(HOST)) {
            return hostMessage(tx, side, state, sender, message);
        }
        long instance = instance(tx, state, envelope.type());
        requireAudience(parts, tx, instance, envelope);
        parts.throttle().check(tx, sender);
        boolean now = !queueOnly
                && parts.runner().ready(tx, instance)
                && parts.inbox().size(tx, instance) == 0;
        if (!now) {
            parts.queue().add(tx, instance, sender, message.signed());
            return Outcome.of(0, Receipt.State.QUEUED);
        }
        long n = 0;
        if (envelope.to() instanceof Party.Everyone) {
            n = parts.log().append(tx, message.signed(), parts.clock().now());
            side.handling(n);
        }
        parts.runner().handle(tx, side, instance, InboxQueue.event(message.signed()));
        return Outcome.of(n, Receipt.State.DONE);
    }

    /** Whom a message is for: while a switch is pending, the new scheme has its own; membership stays with the old one. */
    private static long instance(RowTx tx, GroupState state, String type) {
        return SwitchRows.find(tx)
                .filter(p -> p.preparing() && type.startsWith(p.prefix()))
                .map(PendingSwitch::instance)
                .orElse(state.record().instance());
    }

    /** What the server acts on and members must see as well is refused unless it is for everyone: else they would part. */
    static void requireAudience(GatewayParts parts, RowTx tx, long instance, Envelope envelope) {
        boolean admitted = parts.runner()
                .scheme(tx, instance)
                .flatMap(parts.schemes()::scheme)
                .map(s -> s.admits(envelope.type(), envelope.to()))
                .orElse(true);
        if (!admitted) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "a message for another audience");
        }
    }

    private static void requireEveryone(Envelope envelope) {
        if (!(envelope.to() instanceof Party.Everyone)) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "this is for everyone");
        }
    }

    private Outcome hostMessage(RowTx tx, ServerSide side, GroupState state, LeafId sender, Admitted message) {
        switch (message.envelope().type()) {
            case COMMIT -> {
                requireEveryone(message.envelope());
                return commit(tx, side, state, message);
            }
            case SchemeSwitches.REINIT -> {
                requireEveryone(message.envelope());
                demandAdmin(state, sender);
                return Outcome.of(new SwitchBook(parts).begin(tx, side, state, message), Receipt.State.DONE);
            }
            case SchemeSwitches.CANCEL -> {
                requireEveryone(message.envelope());
                demandAdmin(state, sender);
                new SwitchBook(parts).cancel(tx, side, state, message, sender.toString());
            }
            case COMPLAINT ->
                parts.incidents()
                        .complaint(
                                tx,
                                sender,
                                message.signed().encoded(),
                                parts.quotas().complaintsPerMember());
            case POLICY -> {
                requireEveryone(message.envelope());
                addPolicy(tx, state, sender, message);
            }
            // the word of an administrator that this is the present (protocol note F10): members judge it
            case FRESH_VIEW -> {
                requireEveryone(message.envelope());
                demandAdmin(state, sender);
            }
            default -> throw new RejectedException(ErrorCode.MALFORMED, "no such message to the host");
        }
        long n = message.envelope().to() instanceof Party.Everyone
                ? parts.log().append(tx, message.signed(), parts.clock().now())
                : 0;
        return Outcome.of(n, Receipt.State.DONE);
    }

    private Outcome commit(RowTx tx, ServerSide side, GroupState state, Admitted message) {
        Optional<PendingSwitch> pending = SwitchRows.find(tx);
        Optional<SignedCommit> accepted = new EpochBook(parts).commit(tx, state, message);
        if (accepted.isEmpty()) {
            return Outcome.of(0, Receipt.State.REPEATED);
        }
        // the epoch is a fact whatever the scheme makes of it, so the scheme hears of it by its queue
        long instance =
                pending.map(PendingSwitch::instance).orElse(state.record().instance());
        parts.inbox().add(tx, instance, new Event.CommitAccepted(accepted.get()));
        pending.ifPresent(p -> new SwitchBook(parts).complete(tx, side, p));
        if (pending.isPresent()) {
            // what it took over of membership may have timers to set and messages to send again
            parts.inbox().add(tx, instance, new Event.Resume("scheme switch"));
        }
        return Outcome.of(parts.log().head(tx), Receipt.State.DONE);
    }

    /** A new policy becomes known; it comes into force with the first epoch whose roster names it. */
    private void addPolicy(RowTx tx, GroupState state, LeafId sender, Admitted message) {
        demandAdmin(state, sender);
        SignedPolicy next = PolicyCodec.decodeSigned(message.envelope().body());
        var known = parts.groups().policies(tx);
        PolicyCheck.checkStep(known.get(known.size() - 1).policy(), next);
        PolicyCheck.checkBlind(
                next.policy(), parts.schemes().scheme(state.record().running().schemeId()));
        parts.groups().add(tx, next);
        parts.audit()
                .append(
                        tx,
                        AuditEntry.ok(
                                sender.toString(),
                                "policy.add",
                                state.group().toString(),
                                "version " + next.policy().version()));
    }

    private static void demandAdmin(GroupState state, LeafId sender) {
        boolean admin = state.committed()
                .roster()
                .entry(sender)
                .filter(e -> e.rights().contains(Right.ADMIN))
                .isPresent();
        if (!admin) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "only an administrator may say this");
        }
    }

    /** Hands an event of the host or an operator to the scheme, or queues it. */
    Receipt give(GroupId group, Event event) {
        Receipt.State state;
        try {
            state = Participants.looking(
                    parts.directory(), participants -> parts.rows().transact(group.value(), tx -> {
                        long instance = parts.groups().require(tx).record().instance();
                        if (!parts.runner().ready(tx, instance) || parts.inbox().size(tx, instance) > 0) {
                            if (parts.inbox().size(tx, instance) >= InboxQueue.MAX_WAITING) {
                                throw new UnavailableException(ErrorCode.QUEUE_FULL, "too many events wait");
                            }
                            parts.inbox().add(tx, instance, event);
                            return Receipt.State.QUEUED;
                        }
                        parts.runner().handle(tx, new ServerSide(parts, participants), instance, event);
                        return Receipt.State.DONE;
                    }));
        } catch (SchemeFault fault) {
            state = queue(group, event);
        } catch (UnavailableException gone) {
            requireAbsence(gone);
            state = queue(group, event);
        }
        return new Receipt(0, state);
    }

    private Receipt.State queue(GroupId group, Event event) {
        return parts.rows().transact(group.value(), tx -> {
            parts.inbox().add(tx, parts.groups().require(tx).record().instance(), event);
            return Receipt.State.QUEUED;
        });
    }
}
