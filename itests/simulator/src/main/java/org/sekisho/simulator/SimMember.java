// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.LeafId;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberVault;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;

/** A member: its store survives, the host object is lost in a crash. */
final class SimMember {

    final int index;
    final MemoryRowStore rows = new MemoryRowStore();
    final FaultyRowStore faulty = new FaultyRowStore(rows);
    private final Entropy entropy;
    private final HostClock clock;
    private final Path keyFiles;
    private final SecretBytes storeKey;
    private final SimSchemes schemes;
    private MemberVault vault;
    private MemberHost host;
    /** Nothing gets through until this step of the run. */
    int cutOffUntil;
    /** The gateway, or the face of it that this member is shown. */
    SimGateway gateway;
    /** Kinds of alarms its user has seen. */
    final Set<String> alarms = new HashSet<>();

    SimMember(
            int index,
            VirtualTime time,
            Entropy entropy,
            Duration offset,
            double drift,
            Path keyFiles,
            List<SchemeUnderTest> schemes,
            Lens lens) {
        this.index = index;
        this.schemes = new SimSchemes(schemes, lens, Optional.of(leaf()));
        this.entropy = entropy;
        this.keyFiles = keyFiles;
        this.clock = time.clock(offset, drift);
        this.storeKey = SecretBytes.take(entropy.next(32));
        restart();
    }

    LeafId leaf() {
        return Identities.get(index).identity().leaf();
    }

    MemberHost host() {
        return host;
    }

    /** A new process on the same store. */
    void restart() {
        faulty.heal();
        schemes.start();
        try {
            ShredKeys keys = ShredKeys.open(keyFiles, entropy);
            vault = new MemberVault(faulty, storeKey, keys, entropy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host = new MemberHost(Identities.get(index).identity(), vault, schemes.registry, clock, entropy);
    }

    /** The schemes' bundles go. */
    void stopSchemes() {
        schemes.stop();
    }

    /** Other instances of them come. */
    void startSchemes() {
        schemes.start();
    }

    /** Runs {@code action} with the process dying at the n-th call of the store, then starts again. */
    void dieDuring(int n, Runnable action) {
        faulty.failAt(n);
        try {
            action.run();
        } catch (UnavailableException died) {
            // the point of it: the store failed as if the process had been killed there
        }
        restart();
    }
}
