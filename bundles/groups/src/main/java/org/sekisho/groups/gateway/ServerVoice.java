// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.groups.chain.EnvelopeGate;
import org.sekisho.groups.engine.HostClock;

/**
 * Speaks as the server: signs envelopes with the gateway's key. The generation is drawn at every start (protocol note F18),
 * counters never repeat within it. Safe for many threads.
 */
final class ServerVoice {

    private final GatewayIdentity identity;
    private final HostClock clock;
    private final Octets generation;
    private final AtomicLong counter = new AtomicLong();

    ServerVoice(GatewayIdentity identity, HostClock clock, Entropy entropy) {
        this.identity = identity;
        this.clock = clock;
        this.generation = Octets.of(entropy.next(EnvelopeCodec.GENERATION_SIZE));
    }

    SignedEnvelope say(GroupId group, Party to, String type, Octets body, Map<LeafId, Octets> slices) {
        var envelope =
                new Envelope(group, Party.SERVER, to, generation, counter.incrementAndGet(), type, clock.now(), body);
        Octets encoded = EnvelopeCodec.encode(envelope);
        Octets signature = identity.sign(EnvelopeGate.LABEL + type, encoded);
        // issuedAt as it is on the wire: whole seconds
        return new SignedEnvelope(EnvelopeCodec.decode(encoded), encoded, signature, slices);
    }

    Octets serverKey() {
        return identity.serverKey();
    }

    Octets sign(String label, Octets bytes) {
        return identity.sign(label, bytes);
    }
}
