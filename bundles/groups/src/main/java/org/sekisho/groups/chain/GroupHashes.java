// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;

/** The hashes that hold a group together. */
public final class GroupHashes {

    private GroupHashes() {}

    /** H(roster octets). */
    public static Hash of(SignedRoster roster) {
        return Sha256.hash(roster.encoded());
    }

    /** H(policy octets). */
    public static Hash of(SignedPolicy policy) {
        return Sha256.hash(policy.encoded());
    }

    /** H(header). */
    public static Hash of(EpochHeader header) {
        return Sha256.hash(EpochCodec.encode(header));
    }

    /** The epochHash: H(CBOR["epoch", header, confirmTag]). */
    public static Hash of(EpochCommit commit) {
        return KeySchedule.epochHash(EpochCodec.encode(commit.header()), commit.confirmTag());
    }

    /** {@code H(CBOR["group", founderIdKey, policyHash, nonce16])[0..16)} (protocol note F5). */
    public static GroupId groupId(Octets founderKey, Hash policyHash, Octets nonce) {
        Hash hash = Sha256.hashArray("group", founderKey, policyHash, nonce);
        return new GroupId(hash.value().slice(0, GroupId.SIZE));
    }

    /** The id a genesis commits to. */
    public static GroupId groupId(Genesis genesis) {
        return groupId(genesis.policy().policy().ownerKey(), of(genesis.policy()), genesis.nonce());
    }
}
