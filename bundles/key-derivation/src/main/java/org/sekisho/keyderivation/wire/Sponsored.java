// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;

/**
 * The members' part of a Welcome, for one leaf: {@code [leafId, H(Prekey), W, signature]}.
 *
 * @param sealed W
 * @param signature the sponsor's, label {@link #LABEL}, over {@link #signed}
 */
public record Sponsored(LeafId leaf, Hash prekeyHash, Octets sealed, Octets signature) {

    public static final String LABEL = "dmkd welcome";
    static final int SEALED = 80;

    /** {@code [1, headerHash, leafId, H(Prekey), H(W), ringHash']}. */
    public static Octets signed(Hash headerHash, LeafId leaf, Hash prekeyHash, Octets sealed, Hash ringHash) {
        return Cbor.encode(1, headerHash, leaf, prekeyHash, Sha256.hash(sealed), ringHash);
    }

    static Sponsored read(CborReader r) {
        r.arrayOf(4);
        return new Sponsored(r.leafId(), r.hash(), r.octetsOf(SEALED), r.octetsOf(SigningKey.SIGNATURE_SIZE));
    }
}
