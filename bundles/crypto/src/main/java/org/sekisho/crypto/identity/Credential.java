// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key with its certificate and the issuers up to, or without, the root.
 *
 * @param key may live in a token
 * @param chain the holder's certificate first
 */
public record Credential(PrivateKey key, List<X509Certificate> chain) {

    /** Requires a certificate, and copies. */
    public Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a credential has a certificate");
        }
    }

    /** The holder's certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The name only. */
    @Override
    public String toString() {
        return "Credential[" + certificate().getSubjectX500Principal() + "]";
    }
}
