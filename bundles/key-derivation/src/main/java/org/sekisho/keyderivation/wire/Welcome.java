// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.crypto.SigningKey;

/**
 * What brings a leaf into an epoch that it had no part in: {@code [1, EpochHeader, ringHash', sponsorLeaf, H(Prekey), W, signature,
 * server's part|null]}.
 *
 * @param header as the leaf knows it from the commit
 */
public record Welcome(
        EpochHeader header,
        Hash ringHash,
        LeafId sponsor,
        Hash prekeyHash,
        Octets sealed,
        Octets signature,
        Optional<Octets> serverPart) {

    private static final int MAX_SIZE = EpochCodec.MAX_SIZE + 512;

    public Octets encode() {
        return Cbor.encode(1, EpochCodec.encode(header), ringHash, sponsor, prekeyHash, sealed, signature, serverPart);
    }

    public static Welcome decode(Octets encoded) {
        return Strict.decode("welcome", encoded, MAX_SIZE, r -> {
            r.struct(1, 8);
            return new Welcome(
                    EpochCodec.decodeHeader(r.octets(EpochCodec.MAX_SIZE)),
                    r.hash(),
                    r.leafId(),
                    r.hash(),
                    r.octetsOf(Sponsored.SEALED),
                    r.octetsOf(SigningKey.SIGNATURE_SIZE),
                    r.optional(s -> s.octetsOf(Sponsored.SEALED)));
        });
    }
}
