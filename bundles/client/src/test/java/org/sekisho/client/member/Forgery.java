// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.client.member.World.Person;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.crypto.SystemEntropy;

/** Log entries a gateway makes up with the help of somebody's key. */
final class Forgery {

    private Forgery() {}

    static LogEntry entry(Person by, GroupId group, long n, String type, Octets body) {
        Octets encoded = EnvelopeCodec.encode(new Envelope(
                group,
                new Party.Member(by.leaf()),
                Party.EVERYONE,
                Octets.of(new SystemEntropy().next(8)),
                1,
                type,
                Instant.parse("2026-11-21T10:00:00Z"),
                body));
        Octets signature = by.identity.signing().sign("envelope/" + type, encoded);
        Octets signed =
                EnvelopeCodec.encode(new SignedEnvelope(EnvelopeCodec.decode(encoded), encoded, signature, Map.of()));
        return new LogEntry(n, LogEntry.Kind.ENVELOPE, signed, Optional.empty(), Instant.EPOCH);
    }
}
