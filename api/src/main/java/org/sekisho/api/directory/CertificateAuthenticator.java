// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import java.security.cert.X509Certificate;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Caller;

/** Turns a client certificate of a TLS connection into a caller. */
@ProviderType
public interface CertificateAuthenticator {

    /**
     * Validates the path, the time and the revocation, then finds the participant. A valid certificate without a participant
     * gives a caller that may only register. Throws DeniedException (REVOKED, UNAUTHENTICATED).
     */
    Caller authenticate(List<X509Certificate> chain);
}
