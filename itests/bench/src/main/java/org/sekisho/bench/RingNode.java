// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SchemeSecret;
import org.sekisho.keyderivation.protocol.KeyDerivationScheme;

/** One instance of the scheme with as little host around it as it runs on, and a clock on its processor time. */
final class RingNode implements Ctx {

    private static final KeyDerivationScheme SCHEME = new KeyDerivationScheme();
    private static final int WARM = 2;
    private static final int LOOKS = 7;
    private static final Entropy ENTROPY = new SystemEntropy();

    final Ring ring;
    final Optional<LeafId> leaf;
    final SigningKey idKey = SigningKey.generate(ENTROPY);
    final HpkePrivateKey hpkeKey = HpkePrivateKey.generate(ENTROPY);
    final Map<EpochHeader, SecretBytes> ready = new HashMap<>();
    final Map<String, Duration> timers = new HashMap<>();
    private final TreeMap<String, Octets> parts = new TreeMap<>();
    private final Deque<Event> waiting = new ArrayDeque<>();
    private Octets head = Octets.EMPTY;
    SignedRoster committed;
    Optional<SignedRoster> proposal = Optional.empty();
    Optional<EpochView> epoch = Optional.empty();
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
        this.ring = ring;
        this.leaf = leaf;
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
        head = next.head();
        for (Step.Part part : next.parts()) {
            part.value().ifPresentOrElse(v -> parts.put(part.key(), v), () -> parts.remove(part.key()));
        }
        for (Effect effect : next.effects()) {
            if (effect instanceof Effect.Send send) {
                up += send.body().size();
            }
            ring.perform(this, effect);
        }
        while (!waiting.isEmpty()) {
            handle(waiting.remove());
        }
    }

    void forget() {
        cpu = 0;
        rosterCpu = 0;
        up = 0;
        down = 0;
    }

    Party party() {
        return leaf.<Party>map(Party.Member::new).orElse(Party.SERVER);
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
    public Role role() {
        return leaf.isPresent() ? Role.MEMBER : Role.SERVER;
    }

    @Override
    public Optional<LeafId> self() {
        return leaf;
    }

    @Override
    public Policy policy() {
        return ring.policy;
    }

    @Override
    public SignedRoster roster() {
        return committed;
    }

    @Override
    public Optional<SignedRoster> proposal() {
        return proposal;
    }

    @Override
    public Optional<EpochView> epoch() {
        return epoch;
    }

    @Override
    public Optional<Takeover> takeover() {
        return Optional.empty();
    }

    @Override
    public Instant now() {
        return ring.now;
    }

    @Override
    public Entropy entropy() {
        return ENTROPY;
    }

    @Override
    public Optional<Octets> part(String key) {
        return Optional.ofNullable(parts.get(key));
    }

    @Override
    public List<String> partKeys(String prefix, String after, int limit) {
        var tail = after.isEmpty() ? parts.tailMap(prefix, true) : parts.tailMap(after, false);
        return tail.keySet().stream()
                .takeWhile(k -> k.startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
        try {
            return Optional.of(Hpke.open(hpkeKey, label, context, sealed));
        } catch (AuthenticationFailedException e) {
            return Optional.empty();
        }
    }

    @Override
    public Octets sign(String label, Octets bytes) {
        return idKey.sign(label, bytes);
    }

    @Override
    public Hash hash(EpochHeader header) {
        return Sha256.hash(EpochCodec.encode(header));
    }

    @Override
    public Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
        try (SchemeSecret secret = new SchemeSecret(schemeSecret.duplicate())) {
            return KeySchedule.confirmTag(hash(header), secret);
        }
    }
}
