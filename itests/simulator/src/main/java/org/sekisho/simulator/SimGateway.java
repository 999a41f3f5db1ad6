// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.SigningKey;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.KeyedStateSealer;
import org.sekisho.groups.gateway.GatewayHost;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;

/** The gateway: its store survives, everything else is lost in a crash. */
final class SimGateway {

    final MemoryRowStore rows = new MemoryRowStore();
    final FaultyRowStore faulty = new FaultyRowStore(rows);
    private final SimSchemes schemes;
    private final Entropy entropy;
    private final HostClock clock;
    private final SigningKey key;
    private final KeyedStateSealer sealer;
    private GatewayHost host;

    SimGateway(VirtualTime time, Entropy entropy, List<SchemeUnderTest> schemes, Lens lens) {
        this.entropy = entropy;
        this.clock = time.clock(Duration.ZERO, 1);
        this.key = SigningKey.generate(entropy);
        this.sealer = new KeyedStateSealer(SecretBytes.take(entropy.next(32)), entropy);
        this.schemes = new SimSchemes(schemes, lens, Optional.empty());
        restart();
    }

    /** The other face of a gateway that tells two stories: the same keys, and the same past up to now. */
    private SimGateway(SimGateway twin, List<SchemeUnderTest> schemes, Lens lens) {
        this.entropy = twin.entropy;
        this.clock = twin.clock;
        this.key = twin.key;
        this.sealer = twin.sealer;
        this.schemes = new SimSchemes(schemes, lens, Optional.empty());
        rows.restore(twin.rows.snapshot());
        restart();
    }

    SimGateway split(List<SchemeUnderTest> others, Lens lens) {
        return new SimGateway(this, others, lens);
    }

    /** A new process on the same store. */
    void restart() {
        faulty.heal();
        schemes.start();
        host = new GatewayHost(new GatewayHost.Ground(
                faulty, schemes.registry, sealer, identity(), SimGateway::find, (tx, entry) -> {}, clock, entropy));
        host.rebuild();
    }

    GatewayHost host() {
        return host;
    }

    Octets serverKey() {
        return key.verifyingKey().bytes();
    }

    /** Runs {@code action} with the process dying at the n-th call of the store, then starts again. */
    void dieDuring(int n, Runnable action) {
        faulty.failAt(n);
        try {
            action.run();
        } finally {
            restart();
        }
    }

    /** The schemes' bundles go; events are kept. */
    void stopSchemes() {
        schemes.stop();
    }

    /** Other instances of the schemes come. */
    void startSchemes() {
        schemes.start().forEach(host::schemeAdded);
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
