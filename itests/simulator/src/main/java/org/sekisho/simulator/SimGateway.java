// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.time.Duration;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.SigningKey;
import org.sekisho.groupmanagement.protocol.TwoRandomScheme;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.KeyedStateSealer;
import org.sekisho.groups.engine.SchemeRegistry;
import org.sekisho.groups.gateway.GatewayHost;
import org.sekisho.testkit.store.MemoryRowStore;

/** The gateway: its store survives, everything else is lost in a crash. */
final class SimGateway {

    final MemoryRowStore rows = new MemoryRowStore();
    final SchemeRegistry schemes = new SchemeRegistry(new TwoRandomScheme());
    private final Entropy entropy;
    private final HostClock clock;
    private final SigningKey key;
    private final KeyedStateSealer sealer;
    private GatewayHost host;

    SimGateway(VirtualTime time, Entropy entropy) {
        this.entropy = entropy;
        this.clock = time.clock(Duration.ZERO, 1);
        this.key = SigningKey.generate(entropy);
        this.sealer = new KeyedStateSealer(SecretBytes.take(entropy.next(32)), entropy);
        restart();
    }

    void restart() {
        host = new GatewayHost(new GatewayHost.Ground(
                rows, schemes, sealer, identity(), SimGateway::find, (tx, entry) -> {}, clock, entropy));
        host.rebuild();
    }

    GatewayHost host() {
        return host;
    }

    Octets serverKey() {
        return key.verifyingKey().bytes();
    }

    /** The scheme's bundle goes; events are kept. */
    void stopScheme() {
        schemes.all().forEach(schemes::remove);
    }

    /** Another instance of the scheme comes. */
    void startScheme() {
        if (schemes.all().isEmpty()) {
            schemes.add(new TwoRandomScheme());
            host.schemeAdded("two-random");
        }
    }

    static Caller caller(LeafId leaf) {
        return Caller.participant("CN=" + leaf, leaf);
    }

    private GatewayIdentity identity() {
        return new GatewayIdentity() {
            @Override
            public Octets serverKey() {
                return SimGateway.this.serverKey();
            }

            @Override
            public Octets sign(String label, Octets bytes) {
                return key.sign(label, bytes);
            }
        };
    }

    private static Optional<Participant> find(LeafId leaf) {
        for (int i = 0; i < Identities.COUNT; i++) {
            Participant p = Identities.get(i).participant();
            if (p.leaf().equals(leaf)) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }
}
