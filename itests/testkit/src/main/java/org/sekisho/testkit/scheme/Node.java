// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Step;
import org.sekisho.crypto.Sha256;

/** One instance with a host of a few lines around it: state, timers, pending epoch. Runs every step twice and compares. */
public final class Node extends BareCtx {

    /** Where nodes live: one group, one clock, and who carries out what they ask for. */
    public interface Surroundings {

        GroupId group();

        Octets groupNonce();

        Policy policy();

        Instant now();

        void perform(Node node, Effect effect);
    }

    public final GroupKeyScheme scheme;
    private final Surroundings world;

    public final Map<String, Instant> timers = new LinkedHashMap<>();

    /** Server: the open header. */
    public Optional<EpochHeader> open = Optional.empty();

    /** Member: tag and secret by header. */
    public final Map<EpochHeader, SecretBytes> ready = new HashMap<>();

    /** Secrets of committed epochs: what a real host derives from and erases, kept here to compare. */
    public final TreeMap<Long, SecretBytes> secrets = new TreeMap<>();

    /** Commits seen before the first key. */
    public final Map<EpochHeader, SignedCommit> followed = new HashMap<>();

    /** To be handled when the present step is done. */
    public final List<Event> waiting = new ArrayList<>();

    public final List<Effect.Notice> notices = new ArrayList<>();
    public final List<Step.Refuse> refusals = new ArrayList<>();
    public final List<Effect> seen = new ArrayList<>();
    public final List<String> complaints = new ArrayList<>();

    /** How much of the log was read. */
    public int cursor;

    public boolean online = true;

    /** Nanoseconds of processor time in the reducer, each step counted once. */
    public long cpu;

    /** Draws so far: what is random follows from this and the node's name. */
    private long drawn;

    private Entropy entropy = target -> {};

    /** The keys follow from {@code seed}. */
    public Node(Surroundings world, GroupKeyScheme scheme, Optional<LeafId> leaf, String seed) {
        super(leaf, seeded(seed + " keys", new long[1]));
        this.world = world;
        this.scheme = scheme;
    }

    /** Draws that follow from a name; {@code counter} says how many blocks were drawn. */
    public static Entropy seeded(String seed, long[] counter) {
        return target -> {
            for (int at = 0; at < target.length; at += 32) {
                byte[] block = Sha256.hashArray(seed, counter[0]++).value().toByteArray();
                System.arraycopy(block, 0, target, at, Math.min(32, target.length - at));
            }
        };
    }

    /** Begins the instance. */
    public void create(Octets params) {
        long[] counter = {drawn};
        entropy = seeded(toString(), counter);
        apply(scheme.create(this, params));
        drawn = counter[0];
    }

    /** Handles one event; a refusal changes nothing and is returned. */
    public Optional<Step.Refuse> handle(Event event) {
        Step first = step(event, new long[] {drawn});
        long[] counter = {drawn};
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
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
        keep(next);
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
        return role() + leaf.map(l -> " " + l.toString().substring(0, 8)).orElse("");
    }

    @Override
    public GroupId group() {
        return world.group();
    }

    @Override
    public Octets groupNonce() {
        return world.groupNonce();
    }

    @Override
    public Policy policy() {
        return world.policy();
    }

    @Override
    public Instant now() {
        return world.now();
    }

    @Override
    public Entropy entropy() {
        return entropy;
    }
}
