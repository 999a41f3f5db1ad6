// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * A participant: one device of one member, bound to one certificate. One entry per (subject, CA) and device.
 *
 * <p>Whoever relies on an entry verifies it: the path from the certificate to an authority it trusts itself, binding and
 * possession. The fingerprint is there for people who look at two screens; an SDK computes it from the keys it uses.
 *
 * @param name the certificate's subject, RFC 2253
 * @param idKey Ed25519 public key
 * @param hpkeKey X25519 public key
 * @param certificate DER
 * @param issuerHash hash of the issuing certificate
 * @param binding signature by the certificate's key over [1, leaf, idKey, hpkeKey, certHash] (label "leaf binding"; see crypto)
 * @param possession signature by idKey over the same octets (label "leaf possession"; see crypto); empty where the certificate's
 *     key is the idKey itself
 * @param issuers certificates (DER) between this one and a root, the direct issuer first; empty when a root issued it
 * @param fingerprint {@link org.sekisho.api.SafetyNumber} of the idKey, as the gateway computed it (see crypto)
 * @param revokedAt when it was revoked, if it was
 */
public record Participant(
        LeafId leaf,
        String name,
        Octets idKey,
        Octets hpkeKey,
        Octets certificate,
        Hash certHash,
        Hash issuerHash,
        Octets binding,
        Optional<Octets> possession,
        List<Octets> issuers,
        String fingerprint,
        Instant enrolledAt,
        Instant notAfter,
        Optional<Instant> revokedAt) {

    public Participant {
        issuers = List.copyOf(issuers);
    }
}
