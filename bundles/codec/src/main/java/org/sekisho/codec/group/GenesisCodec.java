// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import org.sekisho.api.Octets;
import org.sekisho.api.group.Genesis;

/** {@code Genesis = [1, nonce16, signedPolicyBytes, signedRosterBytes]}. */
public final class GenesisCodec {

    /** Length of the nonce, in octets. */
    public static final int NONCE_SIZE = 16;

    /** Longest encoded genesis, in octets. */
    public static final int MAX_SIZE = PolicyCodec.MAX_SIGNED + RosterCodec.MAX_SIGNED + 64;

    private GenesisCodec() {}

    public static Octets encode(Genesis genesis) {
        return Strict.encode("genesis", w -> w.array(4)
                .integer(1)
                .bytes(Strict.sized("nonce", genesis.nonce(), NONCE_SIZE))
                .bytes(PolicyCodec.encode(genesis.policy()))
                .bytes(RosterCodec.encode(genesis.roster())));
    }

    public static Genesis decode(Octets encoded) {
        return Strict.decode("genesis", encoded, MAX_SIZE, r -> {
            r.struct(1, 4);
            return new Genesis(
                    r.octetsOf(NONCE_SIZE),
                    PolicyCodec.decodeSigned(r.octets(PolicyCodec.MAX_SIGNED)),
                    RosterCodec.decodeSigned(r.octets(RosterCodec.MAX_SIGNED)));
        });
    }
}
