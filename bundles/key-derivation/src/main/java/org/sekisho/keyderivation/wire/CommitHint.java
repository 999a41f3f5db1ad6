// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;

/** {@code [1, ctxHash, headerHash, sponsorLeaf]}: the epoch is open; this leaf commits it, the others by turns. */
public record CommitHint(Hash ctxHash, Hash headerHash, LeafId sponsor) {

    private static final int MAX_SIZE = 128;

    public Octets encode() {
        return Cbor.encode(1, ctxHash, headerHash, sponsor);
    }

    public static CommitHint decode(Octets encoded) {
        return Strict.decode("commit hint", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            return new CommitHint(r.hash(), r.hash(), r.leafId());
        });
    }
}
