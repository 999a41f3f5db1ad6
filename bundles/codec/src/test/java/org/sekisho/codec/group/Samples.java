// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Invitation;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.group.SignedRoster;

/** One value of each object, with recognisable octets. */
final class Samples {

    static final GroupId GROUP = new GroupId(fill(0x47, 16));
    static final LeafId ALICE = new LeafId(fill(0xa1, 32));
    static final LeafId BOB = new LeafId(fill(0xb0, 32));
    static final Octets SIGNATURE = fill(0x5e, 64);
    static final Hash POLICY_HASH = hash(0x90);
    static final Hash ROSTER_HASH = hash(0x70);

    private Samples() {}

    static Octets fill(int octet, int size) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) octet);
        return Octets.of(bytes);
    }

    static Hash hash(int octet) {
        return new Hash(fill(octet, 32));
    }

    static Policy policy() {
        return new Policy(
                "商談 room",
                fill(1, 32),
                fill(2, 32),
                3,
                "two-random",
                List.of("two-random", "dmkd"),
                true,
                new Admission(List.of("O=Example"), List.of(hash(4)), List.of(hash(5), hash(6))),
                true,
                false,
                Duration.ofDays(30),
                Duration.ofHours(1),
                Duration.ofHours(24),
                History.FROM_JOIN,
                100,
                65_536);
    }

    static SignedPolicy signedPolicy() {
        return new SignedPolicy(policy(), PolicyCodec.encode(policy()), SIGNATURE);
    }

    static Roster roster() {
        var alice = new RosterEntry(
                ALICE, fill(0xa2, 32), fill(0xa3, 32), Set.of(Right.values()), 1, Optional.of(hash(0xa4)));
        var bob = new RosterEntry(BOB, fill(0xb2, 32), fill(0xb3, 32), Set.of(Right.INVITE), 2, Optional.empty());
        return new Roster(GROUP, 1, Optional.of(hash(0x71)), List.of(alice, bob), POLICY_HASH);
    }

    static SignedRoster signedRoster() {
        return new SignedRoster(roster(), RosterCodec.encode(roster()), ALICE, SIGNATURE);
    }

    static Genesis genesis() {
        return new Genesis(fill(0x0e, 16), signedPolicy(), signedRoster());
    }

    static EpochHeader header() {
        return new EpochHeader(
                GROUP, 2, "two-random", Optional.of(hash(0xe1)), ROSTER_HASH, POLICY_HASH, hash(0x77), 1);
    }

    static SignedCommit signedCommit() {
        var commit = new EpochCommit(header(), fill(0xc0, 32), BOB);
        return new SignedCommit(commit, EpochCodec.encode(commit), SIGNATURE);
    }

    static Envelope envelope() {
        return new Envelope(
                GROUP,
                new Party.Member(ALICE),
                Party.EVERYONE,
                fill(0x9e, 8),
                7,
                "rn12/notify",
                Instant.ofEpochSecond(1_790_000_000L),
                Octets.utf8("body"));
    }

    static SignedEnvelope signedEnvelope() {
        return new SignedEnvelope(
                envelope(),
                EnvelopeCodec.encode(envelope()),
                SIGNATURE,
                Map.of(BOB, Octets.utf8("b"), ALICE, Octets.utf8("a")));
    }

    static Reinit reinit() {
        return new Reinit(
                GROUP,
                fill(0x1d, 16),
                2,
                hash(0xe2),
                "two-random",
                "key-derivation",
                1,
                hash(0x9a),
                ROSTER_HASH,
                POLICY_HASH,
                true,
                Instant.ofEpochSecond(1_790_000_600L));
    }

    static SignedReinit signedReinit() {
        return new SignedReinit(reinit(), ReinitCodec.encode(reinit()), ALICE, SIGNATURE, Octets.utf8("params"));
    }

    static Invitation invitation() {
        return new Invitation(
                GROUP,
                fill(0x0e, 16),
                1,
                ROSTER_HASH,
                2,
                hash(0xe2),
                ALICE,
                BOB,
                fill(0x1e, 16),
                Instant.ofEpochSecond(1_790_003_600L),
                true);
    }
}
