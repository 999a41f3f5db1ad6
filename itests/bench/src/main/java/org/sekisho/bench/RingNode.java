// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Step;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.keyderivation.protocol.KeyDerivationScheme;
import org.sekisho.testkit.scheme.BareCtx;

/** One instance of the scheme with as little host around it as it runs on, and a clock on its processor time. */
final class RingNode extends BareCtx {

    private static final KeyDerivationScheme SCHEME = new KeyDerivationScheme();
    private static final int WARM = 2;
    private static final int LOOKS = 7;
    private static final Entropy ENTROPY = new SystemEntropy();

    final Ring ring;
    final Map<EpochHeader, SecretBytes> ready = new HashMap<>();
    final Map<String, Duration> timers = new HashMap<>();
    Optional<EpochHeader> open = Optional.empty();

    /** Whether what it does is looked at closely. */
    boolean sampled;

    private Step sink;

    /** Of the operation that is measured. */
    long cpu;

    long rosterCpu;
    long up;
    long down;

    RingNode(Ring ring, Optional<LeafId> leaf) {
        super(leaf, ENTROPY);
        this.ring = ring;
    }

    void create() {
        apply(SCHEME.create(this, Octets.EMPTY));
    }

    void handle(Event event) {
        long spent = sampled ? closely(event) : 0;
        long begin = CpuClock.nanos();
        Step step = SCHEME.handle(this, head, event);
        spent = sampled ? spent : CpuClock.nanos() - begin;
        if (event instanceof Event.RosterAdopted) {
            rosterCpu += spent;
        } else {
            cpu += spent;
        }
        if (step instanceof Step.Next) {
            apply(step);
        }
    }

    /**
     * A reducer is pure: the same step is made several times over and the median counts, so that neither a collection of garbage
     * nor the caches, which thousands of members share here and a real one has to itself, are part of it.
     */
    private long closely(Event event) {
        long begin = System.nanoTime();
        double[] spent = new double[LOOKS];
        for (int i = -WARM; i < LOOKS; i++) {
            long before = CpuClock.nanos();
            sink = SCHEME.handle(this, head, event);
            if (i >= 0) {
                spent[i] = CpuClock.nanos() - before;
            }
        }
        ring.looking += System.nanoTime() - begin;
        return (long) Sampler.median(spent);
    }

    private void apply(Step step) {
        Step.Next next = (Step.Next) step;
        keep(next);
        for (Effect effect : next.effects()) {
            if (effect instanceof Effect.Send send) {
                up += send.body().size();
            }
            ring.perform(this, effect);
        }
    }

    void forget() {
        cpu = 0;
        rosterCpu = 0;
        up = 0;
        down = 0;
    }

    @Override
    public GroupId group() {
        return ring.group;
    }

    @Override
    public Octets groupNonce() {
        return Octets.of(new byte[16]);
    }

    @Override
    public Policy policy() {
        return ring.policy;
    }

    @Override
    public Instant now() {
        return ring.now;
    }

    @Override
    public Entropy entropy() {
        return ENTROPY;
    }
}
