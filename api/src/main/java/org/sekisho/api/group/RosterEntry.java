// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * One leaf of a roster.
 *
 * @param idKey Ed25519 public key, 32 octets
 * @param hpkeKey X25519 public key, 32 octets
 * @param rights beyond reading and writing
 * @param joinedEpoch the epoch that adds this leaf
 * @param certHash hash of its certificate; empty only where the policy lets people compare keys instead
 */
public record RosterEntry(
        LeafId leaf, Octets idKey, Octets hpkeKey, Set<Right> rights, long joinedEpoch, Optional<Hash> certHash) {

    public RosterEntry {
        rights = Set.copyOf(rights);
        Limit.atMost("epoch", joinedEpoch, Long.MAX_VALUE);
        Limit.atMost("key octets", Math.max(idKey.size(), hpkeKey.size()), 32);
    }

    /** True when the other entry stands for the same leaf with the same keys (protocol note F4: else remove and add). */
    public boolean sameKeys(RosterEntry other) {
        return leaf.equals(other.leaf) && idKey.equals(other.idKey) && hpkeKey.equals(other.hpkeKey);
    }
}
