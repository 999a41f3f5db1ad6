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
import org.sekisho.crypto.identity.CertificateRejectedException.Reason;

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
        return Certificates.decode(() -> {
            var request = new PKCS10CertificationRequest(der.toByteArray());
            if (!Octets.of(request.toASN1Structure().getEncoded(ASN1Encoding.DER))
                    .equals(der)) {
                throw new CertificateRejectedException(Reason.MALFORMED);
            }
            PublicKey key = new JcaPEMKeyConverter().getPublicKey(request.getSubjectPublicKeyInfo());
            if (!KeySignature.supports(key)) {
                throw new CertificateRejectedException(Reason.WEAK);
            }
            requirePossession(request, key);
            return new CertificateRequest(Certificates.principal(request.getSubject()), key);
        });
    }

    private static void requirePossession(PKCS10CertificationRequest request, PublicKey key)
            throws OperatorException, PKCSException {
        var verifier = new JcaContentVerifierProviderBuilder().build(key);
        if (!ContentSigners.accepts(request.getSignatureAlgorithm(), key) || !request.isSignatureValid(verifier)) {
            throw new CertificateRejectedException(Reason.NOT_POSSESSED);
        }
    }
}
