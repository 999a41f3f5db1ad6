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
 * Asks another leaf to commit the open epoch: {@code [1, groupId, headerHash, sponsorLeaf]}. Carries no RN2: that was given
 * out once.
 */
public record SponsorHint(GroupId group, Hash headerHash, LeafId sponsor) {

    private static final int MAX_SIZE = 128;

    public Octets encode() {
        return Cbor.encode(1, group, headerHash, sponsor);
    }

    public static SponsorHint decode(Octets encoded) {
        return Strict.decode("sponsor hint", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            return new SponsorHint(r.groupId(), r.hash(), r.leafId());
        });
    }
}
