// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.HmacSha256;
import org.sekisho.crypto.schedule.AuthRoot;

/**
 * Two members show each other that they are in the same epoch (S0: "use the GK for mutual authentication"; protocol note F30):
 * {@code HMAC(auth_root, CBOR["membership proof", role, idA, idB, nonceA, nonceB, epochHash])}.
 *
 * <p>Guarantees: who answers holds the epoch's key, now, for this exchange; an answer cannot be reflected or used with others.
 * Does not guarantee which member answered: every member can compute it. Identity needs a signature.
 *
 * <p>Pure; safe for many threads. Nonces have 32 random octets, each from the side that checks.
 */
public record MembershipProof(LeafId initiator, LeafId responder, Octets nonceA, Octets nonceB, Hash epochHash) {

    public static final int NONCE = 32;

    /** Who speaks. */
    public enum Side {
        INITIATOR,
        RESPONDER
    }

    public MembershipProof {
        if (initiator.equals(responder) || nonceA.size() != NONCE || nonceB.size() != NONCE) {
            throw new IllegalArgumentException("two leaves and two nonces of " + NONCE + " octets");
        }
    }

    /** What {@code side} sends. */
    public Octets prove(AuthRoot root, Side side) {
        return HmacSha256.tag(root.bytes(), input(side));
    }

    /** Whether {@code proof} is what {@code side} must send; compared in constant time. */
    public boolean verify(AuthRoot root, Side side, Octets proof) {
        return HmacSha256.verify(root.bytes(), input(side), proof);
    }

    private Octets input(Side side) {
        return Cbor.encode("membership proof", side.ordinal(), initiator, responder, nonceA, nonceB, epochHash);
    }
}
