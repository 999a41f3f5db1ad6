// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * Who says something, and where in the group's history: by this a signature is checked against the roster of its time.
 *
 * @param epochHash of the epoch in which it is said
 * @param rosterHash of that epoch's roster
 */
public record Stand(GroupId group, LeafId leaf, Hash epochHash, Hash rosterHash) {

    /** Fields of an array that it takes. */
    static final int FIELDS = 4;

    void write(CborWriter w) {
        w.bytes(group.value()).bytes(leaf.value()).bytes(epochHash.value()).bytes(rosterHash.value());
    }

    static Stand read(CborReader r) {
        return new Stand(r.groupId(), r.leafId(), r.hash(), r.hash());
    }
}
