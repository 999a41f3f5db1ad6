// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.Sha256;

/**
 * The ctx of 0035 3.1: one attempt to make one epoch. All keys of the attempt are derived under {@link #hash()}.
 *
 * @param target the epoch to be made
 * @param attempt from 1, rising over all operations of one target
 * @param active who sends, in the order of the ring; the first is the representative
 * @param ringHash the ring this changes, 0035 3.2
 * @param joiners the last of active, in JOIN
 * @param audit this attempt makes no key: members show its edges, 0035 3.9
 */
public record Attempt(
        GroupId group,
        long target,
        Op op,
        long attempt,
        Optional<Hash> previous,
        Hash rosterHash,
        List<LeafId> active,
        Hash ringHash,
        List<LeafId> joiners,
        boolean audit) {

    public Attempt {
        active = List.copyOf(active);
        joiners = List.copyOf(joiners);
    }

    public LeafId representative() {
        return active.get(0);
    }

    public Hash hash() {
        return Sha256.hash(encode());
    }

    public Octets encode() {
        var w = new CborWriter().array(12).integer(1).bytes(group.value()).integer(target);
        w.integer(op.ordinal()).integer(attempt);
        previous.ifPresentOrElse(h -> w.bytes(h.value()), w::nil);
        w.bytes(rosterHash.value()).array(active.size());
        active.forEach(leaf -> w.bytes(leaf.value()));
        w.bytes(representative().value()).bytes(ringHash.value()).array(joiners.size());
        joiners.forEach(leaf -> w.bytes(leaf.value()));
        return w.bool(audit).toOctets();
    }
}
