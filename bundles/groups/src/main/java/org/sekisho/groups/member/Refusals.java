// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Optional;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;
import org.sekisho.groups.engine.Inbox;

/** The server refused what it had taken into its queue: the scheme that said it hears so, as if it had been refused at once. */
final class Refusals {

    private static final int VERSION = 1;

    private final Inbox inbox;
    private final Deliveries deliveries;

    Refusals(Inbox inbox, Deliveries deliveries) {
        this.inbox = inbox;
        this.deliveries = deliveries;
    }

    void accept(RowTx tx, Envelope envelope) {
        if (!(envelope.from() instanceof Party.Server)) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "only the server says this");
        }
        try {
            CborReader in = new CborReader(envelope.body());
            in.struct(VERSION, 4);
            in.text(Envelope.MAX_TYPE);
            ErrorCode code = ErrorCode.valueOf(in.text(64));
            Hash hash = in.hash();
            in.end();
            Optional<Sent> sent = Sent.take(tx, hash);
            sent.ifPresent(s -> {
                inbox.add(tx, SwitchFollower.instance(tx, s.type()), new Event.Refused(s.type(), s.body(), code));
                deliveries.add(tx, new MemberEvent.Refused(envelope.group(), s.type(), code));
            });
        } catch (MalformedException | IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "refusal: " + e.getMessage());
        }
    }
}
