// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.group.Limit;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.ReinitCancel;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.groups.chain.EnvelopeGate.Admitted;
import org.sekisho.groups.chain.SwitchCheck;
import org.sekisho.groups.engine.SchemeFault;
import org.sekisho.groups.gateway.GroupRecord.Running;

/**
 * Moves a group from one scheme to another (protocol notes 10.5, F19). From the order to its end two instances live side by
 * side: the old one keeps the present epoch going, the new one prepares the next, which alone may be opened; rosters are frozen.
 * The commit of that epoch is the switch: in its transaction the new instance takes the old one's place and the old one's rows
 * are erased. Given up, the new instance's rows are erased instead, and the old one's next epoch opens again, once members
 * believe it: after an administrator's word or when the order's time is over.
 *
 * <p>Every step is one transaction of the group, so a kill between any two leaves one of these states.
 */
final class SwitchBook {

    /** Type of the server's word to everyone that it gave a switch up: {@code [1, H(Reinit), reason]}. */
    static final String ENDED = "host/reinit-ended";

    private static final int VERSION = 1;
    private static final String RESUMED = "scheme switch given up";

    private final GatewayParts parts;

    SwitchBook(GatewayParts parts) {
        this.parts = parts;
    }

    /** Begins a switch; gives the position of its order in the log. */
    long begin(RowTx tx, ServerSide side, GroupState state, Admitted message) {
        SignedReinit signed = ReinitCodec.decodeSigned(message.envelope().body());
        Reinit reinit = signed.reinit();
        if (!message.envelope().from().equals(new Party.Member(signed.signer()))) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "a scheme switch is sent by who ordered it");
        }
        if (SwitchRows.find(tx).isPresent()) {
            throw pending();
        }
        SchemeDescriptor scheme = check(tx, state, message, signed);
        if (SwitchRows.used(tx, SwitchCheck.hash(signed))) {
            throw new ConflictException(ErrorCode.REPLAYED, "this order was used up");
        }
        Limit.atMost("scheme switches in one epoch", SwitchRows.usedCount(tx) + 1, SwitchRows.MAX_USED);
        SwitchRows.use(tx, signed);
        long n = parts.log().append(tx, message.signed(), parts.clock().now());
        SwitchRows.save(
                tx,
                new PendingSwitch(
                        signed,
                        parts.runner().nextInstance(tx),
                        scheme.prefix(),
                        Running.of(scheme),
                        state.record().open(),
                        ""));
        parts.groups().save(tx, state.record().withOpen(Optional.empty()));
        create(tx, side, signed);
        audit(tx, signed.signer().toString(), "scheme.switch-begin", "ok", describe(reinit));
        return n;
    }

    private SchemeDescriptor check(RowTx tx, GroupState state, Admitted message, SignedReinit signed) {
        Reinit reinit = signed.reinit();
        EpochView epoch = state.record()
                .epoch()
                .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_CONFLICT, "the first epoch is not committed"));
        Policy named = parts.groups().policyOf(tx, state.link());
        SwitchCheck.check(
                signed, new SwitchCheck.Ground(epoch, state.committed(), state.link(), state.policy(), named));
        SwitchCheck.checkTime(reinit, message.envelope().issuedAt());
        if (!reinit.notAfter().isAfter(parts.clock().now())) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "the time of this order is over");
        }
        // rejected, not put off: an order that waits would hold up everything its sender says after it
        SchemeDescriptor scheme = parts.schemes()
                .scheme(reinit.newScheme())
                .map(GroupKeyScheme::descriptor)
                .orElseThrow(() -> unknown("scheme " + reinit.newScheme() + " is absent here"));
        SwitchCheck.checkScheme(reinit, named, scheme);
        return scheme;
    }

    private void create(RowTx tx, ServerSide side, SignedReinit signed) {
        try {
            parts.runner().create(tx, side, signed.reinit().newScheme(), Role.SERVER, signed.params());
        } catch (SchemeFault | UnavailableException broken) {
            if (broken instanceof UnavailableException u && u.code() != ErrorCode.CAPABILITY_ABSENT) {
                throw u;
            }
            throw unknown("scheme " + signed.reinit().newScheme() + " cannot begin here");
        }
    }

    /** An administrator gives a switch up: the old scheme goes on at once. */
    void cancel(RowTx tx, ServerSide side, GroupState state, Admitted message, String sender) {
        ReinitCancel cancel = ReinitCodec.decodeCancel(message.envelope().body());
        PendingSwitch pending = require(tx);
        if (!cancel.group().equals(state.group()) || !cancel.reinit().equals(pending.hash())) {
            throw new ConflictException(ErrorCode.EPOCH_CONFLICT, "another scheme switch is pending");
        }
        if (pending.preparing()) {
            pending = end(tx, side, pending.failing("cancelled"));
        }
        goOn(tx, pending);
        audit(
                tx,
                sender,
                "scheme.switch-cancel",
                "ok",
                describe(pending.reinit().reinit()));
    }

    /** The new scheme cannot have its epoch: given up as soon as its step is stored. True when this instance is the new one. */
    boolean failed(RowTx tx, long instance, String why) {
        Optional<PendingSwitch> pending = SwitchRows.find(tx).filter(p -> p.instance() == instance);
        pending.ifPresent(p -> SwitchRows.save(tx, p.failing(shortened(why))));
        return pending.isPresent();
    }

    private static String shortened(String why) {
        String text = why.isEmpty() ? "failed" : why;
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    /** Does what the time and the new scheme's failure ask for. Gives what is pending still. */
    Optional<PendingSwitch> settle(RowTx tx, ServerSide side) {
        Optional<PendingSwitch> found = SwitchRows.find(tx);
        if (found.isEmpty()) {
            return found;
        }
        PendingSwitch pending = found.get();
        boolean over = pending.expired(parts.clock().now());
        if (pending.preparing() && (over || !pending.failure().isEmpty())) {
            pending = giveUp(
                    tx, side, "gateway", pending.failing(pending.failure().isEmpty() ? "expired" : pending.failure()));
        }
        if (over) {
            goOn(tx, pending);
            return Optional.empty();
        }
        return Optional.of(pending);
    }

    /** An operator gives a switch up. */
    PendingSwitch giveUp(RowTx tx, ServerSide side, String actor, String why) {
        PendingSwitch pending = require(tx);
        return pending.preparing() ? giveUp(tx, side, actor, pending.failing(shortened(why))) : pending;
    }

    private PendingSwitch giveUp(RowTx tx, ServerSide side, String actor, PendingSwitch pending) {
        PendingSwitch ended = end(tx, side, pending);
        GroupState state = parts.groups().require(tx);
        Octets body = Cbor.encode(VERSION, pending.hash(), Cbor.nfc(pending.failure()));
        var said = parts.voice().say(state.group(), Party.EVERYONE, ENDED, body, java.util.Map.of());
        parts.log().append(tx, said, parts.clock().now());
        audit(tx, actor, "scheme.switch-fail", "failed", pending.failure());
        return ended;
    }

    /** The new instance is erased with everything that waited for it. */
    private PendingSwitch end(RowTx tx, ServerSide side, PendingSwitch pending) {
        parts.inbox().clear(tx, pending.instance()).forEach(event -> parts.queue()
                .take(tx, event));
        parts.runner().abort(tx, side, pending.instance(), pending.failure());
        parts.groups().save(tx, parts.groups().require(tx).record().withOpen(Optional.empty()));
        PendingSwitch ended = pending.givenUp();
        SwitchRows.save(tx, ended);
        return ended;
    }

    /** The old scheme's header, if it has one, may be committed again. */
    private void goOn(RowTx tx, PendingSwitch pending) {
        GroupRecord record = parts.groups().require(tx).record();
        parts.groups().save(tx, record.withOpen(pending.held()));
        SwitchRows.clear(tx);
        parts.inbox().add(tx, record.instance(), new Event.Resume(RESUMED));
    }

    /** The new scheme's first epoch was committed, and is the group's in this transaction already. */
    void complete(RowTx tx, ServerSide side, PendingSwitch pending) {
        GroupRecord record = parts.groups().require(tx).record();
        long old = record.instance();
        parts.groups().save(tx, record.withRunning(pending.next(), pending.instance()));
        SwitchRows.done(tx, pending.reinit());
        parts.runner().carryOver(tx, old, pending.instance());
        List<Event> waiting = parts.inbox().clear(tx, old);
        parts.runner().abort(tx, side, old, "superseded");
        for (Event event : waiting) {
            if (event instanceof Event.Message m && m.type().startsWith(SchemeDescriptor.MEMBERSHIP)) {
                parts.inbox().add(tx, pending.instance(), event);
            } else {
                parts.queue().take(tx, event);
            }
        }
        Reinit reinit = pending.reinit().reinit();
        audit(tx, pending.reinit().signer().toString(), "scheme.switch", "ok", describe(reinit));
    }

    private static PendingSwitch require(RowTx tx) {
        return SwitchRows.find(tx)
                .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_CONFLICT, "no scheme switch is pending"));
    }

    static ConflictException pending() {
        return new ConflictException(ErrorCode.SWITCH_PENDING, "a scheme switch is pending");
    }

    private static RejectedException unknown(String why) {
        return new RejectedException(ErrorCode.UNKNOWN_SCHEME, why);
    }

    private static String describe(Reinit reinit) {
        return reinit.oldScheme() + " to " + reinit.newScheme() + " after epoch " + reinit.fromEpoch();
    }

    private void audit(RowTx tx, String actor, String action, String outcome, String detail) {
        String group = parts.groups().require(tx).group().toString();
        parts.audit().append(tx, new AuditEntry(actor, action, group, outcome, detail));
    }
}
