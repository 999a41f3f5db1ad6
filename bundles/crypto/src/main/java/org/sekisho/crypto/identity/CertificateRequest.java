// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.sekisho.api.Octets;
import org.sekisho.crypto.CryptoBugException;

/**
 * A request for a certificate (PKCS#10) whose sender has shown to hold the private key.
 *
 * @param subject what the requester would like to be called; the authority decides
 * @param key the key to certify
 */
public record CertificateRequest(X500Principal subject, PublicKey key) {

    /** Most bytes of a request (DER). */
    public static final int MAX_SIZE = 16 << 10;

    /** Makes a request in DER, signed by the private half of {@code keys}. */
    public static Octets build(KeyPair keys, X500Principal subject) {
        var builder = new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic());
        try {
            return Octets.of(builder.build(ContentSigners.of(keys.getPrivate())).getEncoded());
        } catch (IOException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Reads a request in DER and verifies its signature, or throws {@link CertificateRejectedException}. */
    public static CertificateRequest parse(Octets der) {
        Certificates.requireSize(der.size(), MAX_SIZE);
        PKCS10CertificationRequest request = decode(der);
        PublicKey key = key(request);
        if (!KeySignature.supports(key)) {
            throw new CertificateRejectedException(CertificateRejectedException.Reason.WEAK);
        }
        try {
            var verifier = new JcaContentVerifierProviderBuilder().build(key);
            if (!ContentSigners.accepts(request.getSignatureAlgorithm(), key) || !request.isSignatureValid(verifier)) {
                throw new CertificateRejectedException(CertificateRejectedException.Reason.NOT_POSSESSED);
            }
        } catch (OperatorException | PKCSException e) {
            throw new CertificateRejectedException(CertificateRejectedException.Reason.NOT_POSSESSED);
        }
        return new CertificateRequest(Certificates.principal(request.getSubject()), key);
    }

    private static PKCS10CertificationRequest decode(Octets der) {
        try {
            var request = new PKCS10CertificationRequest(der.toByteArray());
            if (!Octets.of(request.toASN1Structure().getEncoded(ASN1Encoding.DER))
                    .equals(der)) {
                throw new CertificateRejectedException(CertificateRejectedException.Reason.MALFORMED);
            }
            return request;
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new CertificateRejectedException(CertificateRejectedException.Reason.MALFORMED);
        }
    }

    private static PublicKey key(PKCS10CertificationRequest request) {
        try {
            return new JcaPEMKeyConverter().getPublicKey(request.getSubjectPublicKeyInfo());
        } catch (IOException | IllegalArgumentException e) {
            throw new CertificateRejectedException(CertificateRejectedException.Reason.MALFORMED);
        }
    }
}
