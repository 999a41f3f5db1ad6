// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;

/** Events as they wait in the inbox. Only this process's own store holds them. */
final class EventCodec {

    static final int MAX_EVENT = Envelope.MAX_BODY + 4096;
    private static final int MAX_NAME = 512;

    private EventCodec() {}

    static Octets encode(Event event) {
        if (event instanceof Event.Message m) {
            return Cbor.encode(0, m.type(), party(m.from()), m.body(), m.slice().orElse(null));
        } else if (event instanceof Event.Timer t) {
            return Cbor.encode(1, t.name());
        } else if (event instanceof Event.Request r) {
            return Cbor.encode(2, r.name(), r.args());
        } else if (event instanceof Event.RosterAdopted r) {
            return Cbor.encode(3, RosterCodec.encode(r.roster()));
        } else if (event instanceof Event.CommitAccepted c) {
            return Cbor.encode(4, EpochCodec.encode(c.commit()));
        } else if (event instanceof Event.Refused r) {
            return Cbor.encode(5, r.type(), r.body(), r.code().name());
        } else if (event instanceof Event.Resume r) {
            return Cbor.encode(6, r.reason());
        } else if (event instanceof Event.Abort a) {
            return Cbor.encode(7, a.reason());
        }
        throw new IllegalStateException("an event without a code: " + event.getClass());
    }

    static Event decode(Octets encoded) {
        CborReader in = new CborReader(encoded);
        in.array(5);
        int kind = (int) in.uint(7);
        Event event =
                switch (kind) {
                    case 0 -> message(in);
                    case 1 -> new Event.Timer(in.text(MAX_NAME));
                    case 2 -> new Event.Request(in.text(MAX_NAME), in.octets(Envelope.MAX_BODY));
                    case 3 -> new Event.RosterAdopted(RosterCodec.decodeSigned(in.octets(Envelope.MAX_BODY)));
                    case 4 -> new Event.CommitAccepted(EpochCodec.decodeSigned(in.octets(Envelope.MAX_BODY)));
                    case 5 ->
                        new Event.Refused(
                                in.text(MAX_NAME), in.octets(Envelope.MAX_BODY), ErrorCode.valueOf(in.text(MAX_NAME)));
                    case 6 -> new Event.Resume(in.text(MAX_NAME));
                    default -> new Event.Abort(in.text(MAX_NAME));
                };
        in.end();
        return event;
    }

    private static Event message(CborReader in) {
        String type = in.text(Envelope.MAX_TYPE);
        Octets from = in.octets(32);
        Octets body = in.octets(Envelope.MAX_BODY);
        Optional<Octets> slice = in.optional(r -> r.octets(SignedEnvelope.MAX_SLICE));
        Party sender = from.isEmpty() ? Party.SERVER : new Party.Member(new LeafId(from));
        return new Event.Message(sender, type, body, slice);
    }

    private static Octets party(Party from) {
        return from instanceof Party.Member m ? m.leaf().value() : Octets.EMPTY;
    }
}
