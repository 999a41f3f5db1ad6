// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.VerifyingKey;

/**
 * The sealed ring of cohort keys: {@code [1, [1, groupId, leaf, epochHash, rosterHash, epoch, version, H(sealed)], signature,
 * sealed]}.
 *
 * @param epoch whose members open it
 * @param version one more than the ring before
 */
public record Ring(Stand stand, long epoch, long version, Octets sealed, Octets signature) {

    public static final String LABEL = "sse ring";

    /** Longest encoded ring, in octets. */
    public static final int MAX_SIZE = IndexLimits.MAX_RING + 1024;

    public static Ring of(Stand stand, long epoch, long version, Octets sealed, Entry.Signer signer) {
        return new Ring(
                stand, epoch, version, sealed, signer.sign(LABEL, signed(stand, epoch, version, Sha256.hash(sealed))));
    }

    private static Octets signed(Stand stand, long epoch, long version, Hash sealed) {
        var w = new CborWriter().array(8).integer(1);
        stand.write(w);
        return w.integer(epoch).integer(version).bytes(sealed.value()).toOctets();
    }

    public boolean signedBy(VerifyingKey key) {
        return key.verify(LABEL, signed(stand, epoch, version, Sha256.hash(sealed)), signature);
    }

    /** What the seal is bound to: {@code [groupId, epoch, version]}. */
    public static Octets context(Stand stand, long epoch, long version) {
        return org.sekisho.codec.Cbor.encode(stand.group(), epoch, version);
    }

    public Octets encode() {
        return new CborWriter()
                .array(4)
                .integer(1)
                .item(signed(stand, epoch, version, Sha256.hash(sealed)))
                .bytes(signature)
                .bytes(sealed)
                .toOctets();
    }

    public static Ring decode(Octets encoded) {
        return Strict.decode("ring", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            r.struct(1, 8);
            Stand stand = Stand.read(r);
            long epoch = r.integer(1, Long.MAX_VALUE);
            long version = r.integer(1, Long.MAX_VALUE);
            Hash hash = r.hash();
            Octets signature = r.octetsOf(SigningKey.SIGNATURE_SIZE);
            Octets sealed = r.octets(IndexLimits.MAX_RING);
            if (!Sha256.hash(sealed).equals(hash)) {
                throw new org.sekisho.codec.MalformedException("not the ring that was signed", 0);
            }
            return new Ring(stand, epoch, version, sealed, signature);
        });
    }
}
