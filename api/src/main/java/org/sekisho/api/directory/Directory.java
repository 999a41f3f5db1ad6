// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;

/**
 * Participants and their certificates. A cache, not an authority: members verify every certificate, binding and roster
 * themselves, so a lying directory can refuse service but cannot make anybody trust a wrong key.
 *
 * <p>Every method checks {@link org.sekisho.api.Operation}; blocks on the database; safe for many threads.
 */
@ProviderType
public interface Directory {

    /** A token for one enrolment; {@code subject} becomes the certificate's subject (RFC 2253). Lifetime at most 30 days. */
    EnrolmentToken invite(Caller caller, String subject, Duration lifetime);

    /** Uses a token up: issues the certificate. BAD_TOKEN for unknown, used and expired ones alike. */
    Enrolment enrol(Caller caller, EnrolmentRequest request);

    /** Makes the participant visible. The certificate must lead to a trust anchor and be the caller's own. Idempotent. */
    Participant register(Caller caller, Registering registering);

    Participant participant(Caller caller, LeafId leaf);

    /** By name, ascending. */
    Page<Participant> participants(Caller caller, Optional<String> cursor, int limit);

    /** From now on the certificate is refused everywhere. Idempotent. */
    void revoke(Caller caller, LeafId leaf, String reason);

    /** The gateway's own keys: what an enrolment tells, for holders of the enterprise's certificates. */
    GatewayView gateway(Caller caller);

    /** The CA's revocation list (DER). */
    Octets revocationList(Caller caller);
}
