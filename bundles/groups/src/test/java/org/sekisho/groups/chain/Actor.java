// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.SigningKey;

/** Somebody with keys who signs what a test wants. */
public final class Actor {

    public final LeafId leaf;
    public final SigningKey key;
    public final Octets hpkeKey;
    private final Octets generation;
    private long counter;

    public Actor(long seed) {
        var random = new Random(seed);
        this.leaf = new LeafId(random(random, 32));
        this.key = SigningKey.generate(random::nextBytes);
        this.hpkeKey = random(random, 32);
        this.generation = random(random, 8);
    }

    private static Octets random(Random random, int n) {
        byte[] bytes = new byte[n];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    public Octets idKey() {
        return key.verifyingKey().bytes();
    }

    public Party party() {
        return new Party.Member(leaf);
    }

    public RosterEntry entry(long joinedEpoch, Right... rights) {
        return new RosterEntry(leaf, idKey(), hpkeKey, Set.of(rights), joinedEpoch, Optional.empty());
    }

    public SignedRoster sign(Roster roster) {
        Octets encoded = RosterCodec.encode(roster);
        return new SignedRoster(roster, encoded, leaf, key.sign("roster", encoded));
    }

    public SignedCommit commit(EpochHeader header, Octets tag) {
        var commit = new EpochCommit(header, tag, leaf);
        Octets encoded = EpochCodec.encode(commit);
        return new SignedCommit(commit, encoded, key.sign("epoch commit", encoded));
    }

    /** The next message of this actor. */
    public Octets send(GroupId group, Party to, String type, Octets body) {
        return send(group, to, type, body, Map.of());
    }

    public Octets send(GroupId group, Party to, String type, Octets body, Map<LeafId, Octets> slices) {
        return EnvelopeCodec.encode(sign(envelope(group, to, type, body, ++counter), slices));
    }

    public Envelope envelope(GroupId group, Party to, String type, Octets body, long number) {
        return new Envelope(group, party(), to, generation, number, type, Instant.ofEpochSecond(1_790_000_000L), body);
    }

    public SignedEnvelope sign(Envelope envelope, Map<LeafId, Octets> slices) {
        Octets encoded = EnvelopeCodec.encode(envelope);
        return new SignedEnvelope(envelope, encoded, key.sign("envelope/" + envelope.type(), encoded), slices);
    }
}
