// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * A participant: one device of one member, bound to one certificate. One entry per (subject, CA) and device.
 *
 * @param name the certificate's subject, RFC 2253
 * @param idKey Ed25519 public key
 * @param hpkeKey X25519 public key
 * @param certificate DER
 * @param issuerHash hash of the issuing certificate
 * @param binding signature by the certificate's key over [1, leaf, idKey, hpkeKey, certHash] (label "leaf binding"; see crypto)
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
        Instant enrolledAt,
        Instant notAfter,
        Optional<Instant> revokedAt) {}
