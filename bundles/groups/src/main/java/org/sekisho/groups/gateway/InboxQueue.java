// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.engine.Inbox;

/**
 * Messages that wait for the scheme, with the envelopes they came in: a queued envelope enters the log when its message is
 * taken. A full queue refuses before anything is acknowledged; timers and the host's own events have no limit (protocol note
 * R28a).
 */
final class InboxQueue {

    /** Messages that may wait for one instance. */
    static final int MAX_WAITING = 10_000;

    /** Messages of one sender that may wait. */
    static final int MAX_PER_SENDER = MAX_WAITING / 10;

    private static final Octets BY_SENDER = Octets.of((byte) 5);
    private static final Octets ENVELOPES = Octets.of((byte) 6);

    private final Inbox inbox;

    InboxQueue(Inbox inbox) {
        this.inbox = inbox;
    }

    static Event.Message event(SignedEnvelope signed) {
        Envelope e = signed.envelope();
        return new Event.Message(e.from(), e.type(), e.body(), Optional.empty());
    }

    void add(RowTx tx, long instance, LeafId sender, SignedEnvelope signed) {
        Octets own = Octets.concat(BY_SENDER, sender.value());
        if (inbox.size(tx, instance) >= MAX_WAITING || tx.count(Table.SEEN, own) >= MAX_PER_SENDER) {
            throw new UnavailableException(ErrorCode.QUEUE_FULL, "too many messages wait for this group's scheme");
        }
        Event.Message event = event(signed);
        Octets content = content(event);
        Octets prefix = Octets.concat(ENVELOPES, content);
        long n = tx.last(Table.SEEN, prefix)
                        .map(r -> r.key().slice(33, 41).toLong())
                        .orElse(0L)
                + 1;
        tx.put(Table.SEEN, Octets.concat(prefix, Octets.ofLong(n)), EnvelopeCodec.encode(signed));
        tx.put(Table.SEEN, Octets.concat(own, content, Octets.ofLong(n)), Octets.EMPTY);
        inbox.add(tx, instance, event);
    }

    /** The envelope a queued message came in, which is forgotten here. */
    Optional<SignedEnvelope> take(RowTx tx, Event event) {
        if (!(event instanceof Event.Message message) || !(message.from() instanceof Party.Member sender)) {
            return Optional.empty();
        }
        Octets content = content(message);
        Optional<Row> first = tx.scan(Table.SEEN, Octets.concat(ENVELOPES, content), Octets.EMPTY, 1).stream()
                .findFirst();
        first.ifPresent(row -> {
            Octets n = row.key().slice(33, 41);
            tx.delete(Table.SEEN, row.key());
            tx.delete(Table.SEEN, Octets.concat(BY_SENDER, sender.leaf().value(), content, n));
        });
        return first.map(row -> EnvelopeCodec.decodeSigned(row.value()));
    }

    private static Octets content(Event.Message message) {
        Octets sender = message.from() instanceof Party.Member m ? m.leaf().value() : Octets.EMPTY;
        return Sha256.hashArray("queued", sender, message.type(), message.body())
                .value();
    }
}
