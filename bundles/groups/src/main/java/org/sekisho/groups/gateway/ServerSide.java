// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.scheme.Ctx.Takeover;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.engine.Host;
import org.sekisho.groups.engine.Setting;

/** Carries out what the server instance of a group wants. One object serves one operation, by one thread. */
final class ServerSide implements Host {

    static final String REFUSED = "host/refused";
    private static final int VERSION = 1;

    private final GatewayParts parts;
    private final Participants participants;
    private final RosterBook rosters;
    private final EpochBook epochs;
    private final SwitchBook switches;
    private Optional<Long> entry = Optional.empty();

    ServerSide(GatewayParts parts, Participants participants) {
        this.parts = parts;
        this.participants = participants;
        this.rosters = new RosterBook(parts);
        this.epochs = new EpochBook(parts);
        this.switches = new SwitchBook(parts);
    }

    /** The log entry that is being handled now. */
    void handling(long n) {
        entry = Optional.of(n);
    }

    @Override
    public Setting setting(RowTx tx, long instance) {
        Optional<Takeover> takeover = SwitchRows.find(tx)
                .filter(p -> p.instance() == instance)
                .map(p -> new Takeover(
                        p.hash(), p.reinit().signer(), p.reinit().reinit().oldScheme()));
        return new ServerSetting(parts.groups().require(tx), parts.voice(), takeover);
    }

    @Override
    public List<Event> apply(RowTx tx, long instance, Effect effect) {
        if (effect instanceof Effect.AdoptRoster adopt) {
            if (SwitchRows.find(tx).isPresent()) {
                throw SwitchBook.pending();
            }
            long from = entry.orElseGet(() -> parts.log().head(tx) + 1);
            return rosters.adopt(tx, participants, adopt.roster(), from);
        } else if (effect instanceof Effect.OpenEpoch open) {
            epochs.open(tx, instance, open.header());
        } else if (effect instanceof Effect.Send send) {
            send(tx, send);
        } else if (effect instanceof Effect.EpochFailed failed) {
            if (!switches.failed(tx, instance, failed.reason())) {
                epochs.fail(tx, failed.reason());
            }
        } else if (effect instanceof Effect.Evidence evidence) {
            parts.incidents().evidence(tx, "gateway", evidence.kind(), evidence.proof());
        } else if (effect instanceof Effect.Audit line) {
            String group = parts.groups().require(tx).group().toString();
            parts.audit().append(tx, AuditEntry.ok("gateway", line.action(), group, line.detail()));
        } else if (!(effect instanceof Effect.Notice)) {
            // 10.1: a server instance has no secret, so it neither readies nor commits an epoch
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "not an effect of the server's side");
        }
        return List.of();
    }

    private void send(RowTx tx, Effect.Send send) {
        if (send.to() instanceof Party.Server) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "the server does not write to itself");
        }
        GroupState state = parts.groups().require(tx);
        SignedEnvelope said = parts.voice().say(state.group(), send.to(), send.type(), send.body(), send.slices());
        parts.log().append(tx, said, parts.clock().now());
    }

    @Override
    public void taking(RowTx tx, long instance, Event event) {
        Optional<SignedEnvelope> queued = parts.queue().take(tx, event);
        // the scheme may have been away when it came
        queued.ifPresent(signed -> Submissions.requireAudience(parts, tx, instance, signed.envelope()));
        entry = queued.filter(signed -> signed.envelope().to() instanceof Party.Everyone)
                .map(signed -> parts.log().append(tx, signed, parts.clock().now()));
    }

    @Override
    public void refused(RowTx tx, long instance, Event event, SekishoException why) {
        parts.incidents().refused(why.code());
        Optional<SignedEnvelope> envelope = parts.queue().take(tx, event);
        GroupState state = parts.groups().require(tx);
        if (envelope.isPresent()) {
            SignedEnvelope refused = envelope.get();
            Octets body =
                    Cbor.encode(VERSION, refused.envelope().type(), why.code().name(), Sha256.hash(refused.encoded()));
            Party sender = refused.envelope().from();
            SignedEnvelope said = parts.voice().say(state.group(), sender, REFUSED, body, java.util.Map.of());
            parts.log().append(tx, said, parts.clock().now());
        } else {
            parts.audit()
                    .append(
                            tx,
                            new AuditEntry(
                                    "gateway",
                                    "event.refuse",
                                    state.group().toString(),
                                    why.code().name(),
                                    event.getClass().getSimpleName()));
        }
    }

    @Override
    public void poisoned(RowTx tx, long instance, Event event, boolean suspended) {
        parts.incidents().poisoned();
        if (event instanceof Event.Message message && message.from() instanceof Party.Member sender) {
            parts.throttle().count(tx, sender.leaf());
        }
        String kind =
                event instanceof Event.Message m ? m.type() : event.getClass().getSimpleName();
        if (suspended) {
            switches.failed(tx, instance, "the new scheme failed on " + kind);
        }
        parts.incidents().alarm(tx, "gateway", suspended ? "scheme.suspend" : "event.set-aside", kind);
    }
}
