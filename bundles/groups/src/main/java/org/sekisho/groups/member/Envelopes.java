// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.groups.chain.EnvelopeGate;

/**
 * Makes this leaf's envelopes. The generation is drawn with this object and lives as long, so that after a restart or a restored
 * backup no counter is used twice with other content (protocol note F18).
 */
final class Envelopes {

    private final MemberIdentity self;
    private final InstantSource clock;
    private final Octets generation;
    private final AtomicLong counter = new AtomicLong();

    Envelopes(MemberIdentity self, InstantSource clock, Entropy entropy) {
        this.self = self;
        this.clock = clock;
        this.generation = Octets.of(entropy.next(EnvelopeCodec.GENERATION_SIZE));
    }

    /** Signs and puts into the outbox. */
    void send(RowTx tx, GroupId group, Party to, String type, Octets body, Map<LeafId, Octets> slices) {
        Octets encoded = EnvelopeCodec.encode(new Envelope(
                group,
                new Party.Member(self.leaf()),
                to,
                generation,
                counter.incrementAndGet(),
                type,
                clock.instant(),
                body));
        Octets signature = self.signing().sign(EnvelopeGate.LABEL + type, encoded);
        Octets signed =
                EnvelopeCodec.encode(new SignedEnvelope(EnvelopeCodec.decode(encoded), encoded, signature, slices));
        if (to instanceof Party.Member member) {
            Outbox.add(tx, Outgoing.Way.MAIL, Optional.of(member.leaf()), signed);
        } else {
            Outbox.add(tx, Outgoing.Way.GROUP, Optional.empty(), signed);
        }
    }
}
