// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.membership.wire.Strict;

/**
 * RN1 for one newcomer: {@code [1, groupId, rn1Gen, rosterHash, inviteHash, commitment, sealed]}.
 *
 * @param rn1Gen generation of the RN1 inside: that of the roster which adds the newcomer
 * @param inviteHash hash of the invitation this answers
 * @param commitment see {@link Formulas#rn1Commitment}
 * @param sealed RN1 for the newcomer's HPKE key, label {@link Formulas#SEAL_TRANSFER}
 */
public record Transfer(GroupId group, long rn1Gen, Hash rosterHash, Hash inviteHash, Hash commitment, Octets sealed) {

    private static final int MAX_SIZE = 512;
    private static final int MAX_SEALED = 128;

    public Octets encode() {
        return Cbor.encode(1, group, rn1Gen, rosterHash, inviteHash, commitment, sealed);
    }

    public static Octets sealContext(GroupId group, long rn1Gen, Hash rosterHash, Hash inviteHash, LeafId leaf) {
        return Cbor.encode(group, rn1Gen, rosterHash, inviteHash, leaf);
    }

    public static Transfer decode(Octets encoded) {
        return Strict.decode("RN1 transfer", encoded, MAX_SIZE, r -> {
            r.struct(1, 7);
            return new Transfer(
                    r.groupId(), r.integer(1, Long.MAX_VALUE), r.hash(), r.hash(), r.hash(), r.octets(MAX_SEALED));
        });
    }
}
