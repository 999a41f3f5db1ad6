// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.security.cert.X509Certificate;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Admission;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.identity.CertificatePath;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.membership.wire.Certification;

/**
 * Certificate, keys and identity of a leaf belong together (protocol note F5): the certificate's key signed the leaf's keys; the leaf
 * is a device of whom the certificate names under its issuer, who issued it; the policy admits it. Path to a trusted root, time
 * and revocation are the host's: a reducer has neither trust anchors nor revocation lists, and must not depend on when it runs.
 */
final class Vouching {

    private Vouching() {}

    /** The certificate's hash, or an exception. */
    static Hash check(Admission admission, LeafId leaf, Octets idKey, Octets hpkeKey, Certification certification) {
        X509Certificate certificate = parse(certification.certificate());
        boolean bound = LeafBinding.verify(certificate, leaf, idKey, hpkeKey, certification.binding());
        StepDraft.require(bound, ErrorCode.BAD_CERTIFICATE, "the certificate's key does not vouch for these keys");
        StepDraft.require(
                !certification.issuers().isEmpty(), ErrorCode.BAD_CERTIFICATE, "a certificate without its issuer");
        Octets issuerDer = certification.issuers().get(0);
        X509Certificate issuer = parse(issuerDer);
        StepDraft.require(
                CertificatePath.issued(issuer, certificate),
                ErrorCode.BAD_CERTIFICATE,
                "the first issuer did not issue the certificate");
        StepDraft.require(
                LeafIds.isOf(leaf, certificate, issuer),
                ErrorCode.BAD_CERTIFICATE,
                "the certificate names another member");
        Hash hash = Sha256.hash(certification.certificate());
        String subject = certificate.getSubjectX500Principal().getName();
        boolean admitted = admission.admits(subject, Sha256.hash(issuerDer), hash);
        StepDraft.require(admitted, ErrorCode.POLICY_VIOLATION, "the policy does not admit this certificate");
        return hash;
    }

    private static X509Certificate parse(Octets der) {
        try {
            return Certificates.parse(der);
        } catch (CertificateRejectedException e) {
            throw SekishoException.of(ErrorCode.BAD_CERTIFICATE, e.getMessage());
        }
    }
}
