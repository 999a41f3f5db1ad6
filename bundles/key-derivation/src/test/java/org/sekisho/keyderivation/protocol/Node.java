// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
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
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SchemeSecret;

/** One instance with a host of a few lines around it: state, timers, pending epoch. Runs every step twice and compares. */
final class Node implements Ctx {

    final World world;
    final Role role;
    final Optional<LeafId> leaf;
    final SigningKey idKey;
    final HpkePrivateKey hpkeKey;
    final KeyDerivationScheme scheme = new KeyDerivationScheme();

    Octets head = Octets.EMPTY;
    final TreeMap<String, Octets> parts = new TreeMap<>();
    final Map<String, Instant> timers = new LinkedHashMap<>();
    SignedRoster committed;
    Optional<SignedRoster> proposal = Optional.empty();
    Optional<EpochView> epoch = Optional.empty();

    /** Server: the open header. */
    Optional<EpochHeader> open = Optional.empty();

    /** Member: tag and secret by header. */
    final Map<EpochHeader, SecretBytes> ready = new HashMap<>();

    /** Secrets of committed epochs: what a real host derives from and erases, kept here to compare. */
    final TreeMap<Long, SecretBytes> secrets = new TreeMap<>();

    /** Commits seen before the first key. */
    final Map<EpochHeader, SignedCommit> followed = new HashMap<>();

    final List<Event> waiting = new ArrayList<>();
    final List<Effect.Notice> notices = new ArrayList<>();
    final List<Step.Refuse> refusals = new ArrayList<>();
    final List<Effect> seen = new ArrayList<>();
    final List<String> complaints = new ArrayList<>();
    int cursor;
    boolean online = true;
    long drawn;

    /** Nanoseconds of CPU in the reducer, each step counted once. */
    long cpu;

    Node(World world, Role role, Optional<LeafId> leaf, String seed) {
        this.world = world;
        this.role = role;
        this.leaf = leaf;
        Entropy keys = seeded(seed + " keys", new long[1]);
        this.idKey = SigningKey.generate(keys);
        this.hpkeKey = HpkePrivateKey.generate(keys);
        this.committed = null;
    }

    static Entropy seeded(String seed, long[] counter) {
        return target -> {
            for (int at = 0; at < target.length; at += 32) {
                byte[] block = Sha256.hashArray(seed, counter[0]++).value().toByteArray();
                System.arraycopy(block, 0, target, at, Math.min(32, target.length - at));
            }
        };
    }

    LeafId id() {
        return leaf.orElseThrow();
    }

    void create(Octets params) {
        long[] counter = {drawn};
        entropy = seeded(toString(), counter);
        apply(scheme.create(this, params));
        drawn = counter[0];
    }

    /** Handles one event; a refusal changes nothing and is returned. */
    Optional<Step.Refuse> handle(Event event) {
        Step first = step(event, new long[] {drawn});
        long[] counter = {drawn};
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        Step second = step(event, counter);
        cpu += threads.getCurrentThreadCpuTime() - begin;
        assertThat(second).isEqualTo(first);
        if (second instanceof Step.Refuse refuse) {
            refusals.add(refuse);
            return Optional.of(refuse);
        }
        drawn = counter[0];
        apply(second);
        return Optional.empty();
    }

    private Step step(Event event, long[] counter) {
        entropy = seeded(toString(), counter);
        return scheme.handle(this, head, event);
    }

    private void apply(Step step) {
        assertThat(step).isInstanceOf(Step.Next.class);
        Step.Next next = (Step.Next) step;
        head = next.head();
        for (Step.Part part : next.parts()) {
            part.value().ifPresentOrElse(v -> parts.put(part.key(), v), () -> parts.remove(part.key()));
        }
        for (Effect effect : next.effects()) {
            seen.add(effect);
            world.perform(this, effect);
        }
        while (!waiting.isEmpty()) {
            handle(waiting.remove(0));
        }
    }

    @Override
    public String toString() {
        return role + leaf.map(l -> " " + l.toString().substring(0, 8)).orElse("");
    }

    private Entropy entropy = target -> {};

    @Override
    public GroupId group() {
        return world.group;
    }

    @Override
    public Octets groupNonce() {
        return world.nonce;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public Optional<LeafId> self() {
        return leaf;
    }

    @Override
    public Policy policy() {
        return world.policy;
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
    public Instant now() {
        return world.now;
    }

    @Override
    public Entropy entropy() {
        return entropy;
    }

    @Override
    public Optional<Octets> part(String key) {
        return Optional.ofNullable(parts.get(key));
    }

    @Override
    public List<String> partKeys(String prefix, String after, int limit) {
        return parts.tailMap(after.isEmpty() ? prefix : after, after.isEmpty()).keySet().stream()
                .filter(k -> k.startsWith(prefix))
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
        return KeySchedule.confirmTag(hash(header), new SchemeSecret(schemeSecret.duplicate()));
    }
}
