// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.Sha256;
import org.sekisho.membership.wire.Strict;

/**
 * A fresh RN1 (protocol note F11): {@code [1, groupId, rn1Gen, baseEpochHash|null, rosterHash, sponsorLeaf, commitment]}.
 * RN1 itself is sealed to each leaf of the roster in the envelope's slices; the commitment, which is signed, binds them.
 *
 * @param rn1Gen the new generation
 * @param base epochHash of the epoch this was made in; empty before the first
 * @param commitment see {@link Formulas#rn1Commitment}
 */
public record Rotation(
        GroupId group, long rn1Gen, Optional<Hash> base, Hash rosterHash, LeafId sponsor, Hash commitment) {

    public static final int MAX_SIZE = 256;

    public Octets encode() {
        return Cbor.encode(1, group, rn1Gen, base, rosterHash, sponsor, commitment);
    }

    /** What the transcript names this step by. */
    public Hash hash() {
        return Sha256.hash(encode());
    }

    /** What each slice is sealed for, label {@link Formulas#SEAL_ROTATION}. */
    public Octets sealContext(LeafId leaf) {
        return Cbor.encode(group, rn1Gen, base, rosterHash, leaf);
    }

    public static Rotation decode(Octets encoded) {
        return Strict.decode("rotation", encoded, MAX_SIZE, r -> {
            r.struct(1, 7);
            return new Rotation(
                    r.groupId(),
                    r.integer(1, Long.MAX_VALUE),
                    r.optional(CborReader::hash),
                    r.hash(),
                    r.leafId(),
                    r.hash());
        });
    }
}
