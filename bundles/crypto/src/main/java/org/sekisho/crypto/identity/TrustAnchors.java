// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * Whom to trust, and what is known to be revoked.
 *
 * @param roots certificates of the authorities
 * @param revocationLists of any of the authorities on a path
 * @param revocationRequired whether a certificate without a current revocation list of its issuer is refused
 */
public record TrustAnchors(Set<X509Certificate> roots, List<X509CRL> revocationLists, boolean revocationRequired) {

    /** Copies. */
    public TrustAnchors {
        roots = Set.copyOf(roots);
        revocationLists = List.copyOf(revocationLists);
    }

    /** These roots, without any revocation list. */
    public static TrustAnchors of(X509Certificate... roots) {
        return new TrustAnchors(Set.of(roots), List.of(), false);
    }
}
