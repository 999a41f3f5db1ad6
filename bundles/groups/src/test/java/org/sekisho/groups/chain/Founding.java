// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.codec.group.PolicyCodec;

/** A group as its founder makes it, and the next objects of its chain. */
public final class Founding {

    public static final Octets NONCE = Octets.utf8("nonce-of-16-octe");

    private Founding() {}

    public static Policy policy(Actor founder, Octets serverKey, long version, History history) {
        return policy(founder, serverKey, version, history, false, 5);
    }

    public static Policy policy(
            Actor founder, Octets serverKey, long version, History history, boolean passOnInvite, int maxMembers) {
        return new Policy(
                "room",
                founder.idKey(),
                serverKey,
                version,
                "toy",
                List.of("toy"),
                true,
                Admission.everybody(),
                passOnInvite,
                false,
                Duration.ofDays(1),
                Duration.ofHours(1),
                Duration.ofDays(1),
                history,
                maxMembers,
                4096);
    }

    public static SignedPolicy sign(Actor owner, Policy policy) {
        Octets encoded = PolicyCodec.encode(policy);
        return new SignedPolicy(policy, encoded, owner.key.sign("policy", encoded));
    }

    public static Genesis genesis(Actor founder, Policy policy) {
        return genesis(founder, policy, NONCE);
    }

    public static Genesis genesis(Actor founder, Policy policy, Octets nonce) {
        SignedPolicy signed = sign(founder, policy);
        Hash policyHash = GroupHashes.of(signed);
        GroupId id = GroupHashes.groupId(founder.idKey(), policyHash, nonce);
        var roster = new Roster(id, 0, Optional.empty(), List.of(founder.entry(1, Right.values())), policyHash);
        return new Genesis(nonce, signed, founder.sign(roster));
    }

    /** The roster after {@code link} with these entries. */
    public static Roster after(SignedRoster link, RosterEntry... entries) {
        Roster before = link.roster();
        return new Roster(
                before.group(),
                before.seq() + 1,
                Optional.of(GroupHashes.of(link)),
                List.of(entries).stream()
                        .sorted(Comparator.comparing(RosterEntry::leaf))
                        .toList(),
                before.policyHash());
    }

    public static EpochHeader header(Optional<EpochView> current, SignedRoster next, long cohort) {
        return new EpochHeader(
                next.roster().group(),
                current.map(e -> e.header().epoch()).orElse(0L) + 1,
                "toy",
                current.map(EpochView::epochHash),
                GroupHashes.of(next),
                next.roster().policyHash(),
                Hash.of(new byte[32]),
                cohort);
    }
}
