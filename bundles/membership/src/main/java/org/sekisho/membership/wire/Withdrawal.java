// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership.wire;

import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;

/**
 * Withdrawal instruction (S0 figure 6): {@code [1, groupId, rosterHash, leaf]}. Tells a leaf that a roster without it was
 * adopted. Informative: the roster decides.
 */
public record Withdrawal(GroupId group, Hash rosterHash, LeafId leaf) {

    private static final int MAX_SIZE = 128;

    public Octets encode() {
        return Cbor.encode(1, group, rosterHash, leaf);
    }

    public static Withdrawal decode(Octets encoded) {
        return Strict.decode("withdrawal", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            return new Withdrawal(r.groupId(), r.hash(), r.leafId());
        });
    }
}
