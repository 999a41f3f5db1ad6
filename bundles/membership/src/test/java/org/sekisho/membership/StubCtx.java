// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;

/** The context of a group's only member, in its first epoch. */
final class StubCtx implements Ctx {

    static final GroupId GROUP = GroupId.of(new byte[16]);
    static final LeafId SELF = LeafId.of(new byte[32]);

    private static final Hash HASH = Sha256.hash(new byte[0]);

    final TreeMap<String, Octets> parts = new TreeMap<>();
    Optional<Takeover> takeover = Optional.empty();
    Optional<SignedRoster> proposal = Optional.empty();
    private final SignedRoster roster;

    StubCtx() {
        var entry = new RosterEntry(
                SELF,
                Octets.of(new byte[32]),
                Octets.of(new byte[32]),
                EnumSet.allOf(Right.class),
                1,
                Optional.of(HASH));
        var genesis = new Roster(GROUP, 0, Optional.empty(), List.of(entry), HASH);
        this.roster = new SignedRoster(genesis, RosterCodec.encode(genesis), SELF, Octets.of(new byte[64]));
    }

    /** What a host does with a step. */
    void store(StepDraft draft) {
        for (Step.Part part : draft.written()) {
            part.value().ifPresentOrElse(v -> parts.put(part.key(), v), () -> parts.remove(part.key()));
        }
    }

    @Override
    public GroupId group() {
        return GROUP;
    }

    @Override
    public Octets groupNonce() {
        return Octets.of(new byte[16]);
    }

    @Override
    public Role role() {
        return Role.MEMBER;
    }

    @Override
    public Optional<LeafId> self() {
        return Optional.of(SELF);
    }

    @Override
    public Policy policy() {
        return new Policy(
                "test",
                Octets.of(new byte[32]),
                Octets.of(new byte[32]),
                1,
                "scheme",
                List.of("scheme"),
                true,
                Admission.everybody(),
                true,
                false,
                Duration.ofDays(30),
                Duration.ofHours(1),
                Duration.ofDays(1),
                History.FROM_JOIN,
                1000,
                1 << 16);
    }

    @Override
    public SignedRoster roster() {
        return roster;
    }

    @Override
    public Optional<SignedRoster> proposal() {
        return proposal;
    }

    @Override
    public Optional<EpochView> epoch() {
        var header = new EpochHeader(GROUP, 1, "scheme", Optional.empty(), Rosters.hash(roster), HASH, HASH, 0);
        return Optional.of(new EpochView(header, HASH));
    }

    @Override
    public Optional<Takeover> takeover() {
        return takeover;
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-11-21T00:00:00Z");
    }

    @Override
    public Entropy entropy() {
        return target -> {};
    }

    @Override
    public Optional<Octets> part(String key) {
        return Optional.ofNullable(parts.get(key));
    }

    @Override
    public List<String> partKeys(String prefix, String after, int limit) {
        return parts.tailMap(after.isEmpty() ? prefix : after, after.isEmpty()).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<SecretBytes> open(String label, Octets context, Octets sealed) {
        return Optional.empty();
    }

    @Override
    public Octets sign(String label, Octets bytes) {
        return Octets.of(new byte[64]);
    }

    @Override
    public Hash hash(EpochHeader header) {
        return HASH;
    }

    @Override
    public Octets confirmTag(EpochHeader header, SecretBytes schemeSecret) {
        return Octets.of(new byte[32]);
    }
}
