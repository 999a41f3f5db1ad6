// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.groups.chain.SwitchCheck;

/** What goes to the gateway, and what became of it. */
final class Posting {

    private final MemberParts parts;
    private final Settling settling;

    Posting(MemberParts parts, Settling settling) {
        this.parts = parts;
        this.settling = settling;
    }

    List<Outgoing> outbox(GroupId group, int limit) {
        return parts.rows().read(group.value(), tx -> Outbox.entries(tx, limit));
    }

    void sent(Outgoing outgoing) {
        parts.rows().transact(outgoing.group().value(), tx -> {
            Outbox.remove(tx, outgoing.n());
            return outgoing;
        });
    }

    /** The gateway's scheme will see it later, and may refuse it then. */
    void queued(Outgoing outgoing) {
        parts.rows().transact(outgoing.group().value(), tx -> {
            boolean waits = outgoing.way() == Outgoing.Way.GROUP
                    && Outbox.find(tx, outgoing.n()).isPresent();
            if (waits) {
                var signed = EnvelopeCodec.decodeSigned(outgoing.bytes());
                Sent.keep(tx, signed.encoded(), signed.envelope());
            }
            Outbox.remove(tx, outgoing.n());
            return outgoing;
        });
    }

    void refused(Outgoing outgoing, ErrorCode code) {
        GroupId group = outgoing.group();
        parts.rows().transact(group.value(), tx -> {
            if (Outbox.find(tx, outgoing.n()).isPresent()) {
                Outbox.remove(tx, outgoing.n());
                refuse(tx, outgoing, code);
            }
            return outgoing;
        });
        settling.settle(group);
    }

    private void refuse(RowTx tx, Outgoing outgoing, ErrorCode code) {
        GroupState state = ChainRows.state(tx);
        GroupId group = outgoing.group();
        if (outgoing.way() == Outgoing.Way.FOUND) {
            ChainRows.save(tx, state.with(MemberStatus.REMOVED));
            Outbox.entries(tx, 10_000).forEach(entry -> Outbox.remove(tx, entry.n()));
            parts.inbox().add(tx, state.instance(), new Event.Abort("refused"));
            parts.deliveries().add(tx, new MemberEvent.Refused(group, "genesis", code));
            return;
        }
        Envelope envelope = EnvelopeCodec.decodeSigned(outgoing.bytes()).envelope();
        String type = envelope.type();
        if (type.startsWith(EnvelopeIntake.HOST)) {
            // of several sponsors one wins, and of several administrators one speaks: nothing to tell of those
            if (type.equals(SchemeSwitches.REINIT)) {
                Hash order = SwitchCheck.hash(ReinitCodec.decodeSigned(envelope.body()));
                parts.deliveries().add(tx, new MemberEvent.Refused(group, type, code, Optional.of(order)));
            } else if (type.equals(SchemeSwitches.CANCEL) || type.equals(EnvelopeIntake.POLICY)) {
                parts.deliveries().add(tx, new MemberEvent.Refused(group, type, code));
            }
            return;
        }
        long instance = SwitchFollower.instance(tx, type);
        if (understands(tx, instance, type)) {
            parts.inbox().add(tx, instance, new Event.Refused(type, envelope.body(), code));
            parts.deliveries().add(tx, new MemberEvent.Refused(group, type, code));
        }
    }

    /** A scheme is not told of what another said that ran here before. */
    private boolean understands(RowTx tx, long instance, String type) {
        return type.startsWith(SchemeDescriptor.MEMBERSHIP)
                || parts.runner()
                        .scheme(tx, instance)
                        .flatMap(parts.schemes()::scheme)
                        .map(scheme -> type.startsWith(scheme.descriptor().prefix()))
                        .orElse(true);
    }
}
