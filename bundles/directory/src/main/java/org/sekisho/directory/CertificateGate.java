// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.sekisho.api.Hash;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.CertificatePath;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Purpose;
import org.sekisho.crypto.identity.TrustAnchors;
import org.sekisho.directory.records.Names;

/**
 * Path, time, purpose and the enterprise's revocation lists. Certificates that name the own authority as issuer are checked
 * against it alone, so no other authority can issue in its name. What the directory itself revoked is looked up elsewhere.
 */
final class CertificateGate {

    /**
     * A certificate that holds.
     *
     * @param issuer of the certificate, not of the path
     * @param between issuers on the path that are no roots, the direct one first
     * @param own whether the own authority issued it
     * @param name the subject, RFC 2253
     */
    record Accepted(
            X509Certificate certificate,
            X509Certificate issuer,
            List<X509Certificate> between,
            boolean own,
            Hash hash,
            String name) {}

    private final CertificateAuthority authority;
    private final TrustAnchors own;
    private final Supplier<TrustAnchors> enterprise;

    /** @param enterprise as it is at each moment */
    CertificateGate(CertificateAuthority authority, Supplier<TrustAnchors> enterprise) {
        this.authority = authority;
        this.own = TrustAnchors.of(authority.certificate());
        this.enterprise = enterprise;
    }

    /** Throws {@link org.sekisho.crypto.identity.CertificateRejectedException}, or RejectedException for a bad name. */
    Accepted check(List<X509Certificate> chain, Instant at) {
        boolean ours = !chain.isEmpty()
                && chain.get(0)
                        .getIssuerX500Principal()
                        .equals(authority.certificate().getSubjectX500Principal());
        TrustAnchors anchors = ours ? own : enterprise.get();
        X509Certificate certificate = CertificatePath.validate(chain, anchors, at, Purpose.TLS_CLIENT);
        String name = Names.of(certificate.getSubjectX500Principal());
        return new Accepted(
                certificate,
                CertificatePath.issuer(chain, anchors),
                CertificatePath.between(chain, anchors),
                ours,
                Certificates.hash(certificate),
                name);
    }
}
