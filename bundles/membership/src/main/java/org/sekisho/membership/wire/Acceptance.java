// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership.wire;

import java.util.List;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * The invitee's answer with its certificate: {@code [1, inviteHash, leafId, idKey, hpkeKey, certDer, binding, [issuerDer...]]}.
 *
 * @param inviteHash hash of the encoded invitation
 * @param certificate DER
 * @param binding see {@link Certification}
 * @param issuers see {@link Certification}
 */
public record Acceptance(
        Hash inviteHash,
        LeafId leaf,
        Octets idKey,
        Octets hpkeKey,
        Octets certificate,
        Octets binding,
        List<Octets> issuers) {

    private static final int KEY = 32;
    private static final int MAX_SIZE = Certification.MAX_SIZE + 256;

    public Acceptance {
        issuers = List.copyOf(issuers);
    }

    public Certification certification() {
        return new Certification(certificate, binding, issuers);
    }

    public Octets encode() {
        return Cbor.encode(1, inviteHash, leaf, idKey, hpkeKey, certificate, binding, issuers);
    }

    public static Acceptance decode(Octets encoded) {
        return Strict.decode("acceptance", encoded, MAX_SIZE, Acceptance::read);
    }

    private static Acceptance read(CborReader r) {
        r.struct(1, 8);
        return new Acceptance(
                r.hash(),
                r.leafId(),
                r.octetsOf(KEY),
                r.octetsOf(KEY),
                r.octets(Certification.MAX_CERTIFICATE),
                r.octets(Certification.MAX_BINDING),
                r.list(Certification.MAX_ISSUERS, c -> c.octets(Certification.MAX_CERTIFICATE)));
    }
}
