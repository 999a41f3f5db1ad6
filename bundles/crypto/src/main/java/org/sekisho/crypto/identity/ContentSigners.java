// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sekisho.crypto.CryptoBugException;

/** Which signature algorithm a kind of key uses inside certificates, requests and revocation lists. */
final class ContentSigners {

    private static final Set<ASN1ObjectIdentifier> ECDSA = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512);
    private static final Set<ASN1ObjectIdentifier> RSA = Set.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            PKCSObjectIdentifiers.id_RSASSA_PSS);

    private ContentSigners() {}

    static ContentSigner of(PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EdDSA", "Ed25519" -> "Ed25519";
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> throw new IllegalArgumentException("key of unknown kind");
                };
        try {
            return new JcaContentSignerBuilder(algorithm).build(key);
        } catch (OperatorCreationException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Whether a signature algorithm fits the key and is not one of the past. */
    static boolean accepts(AlgorithmIdentifier algorithm, PublicKey key) {
        ASN1ObjectIdentifier id = algorithm.getAlgorithm();
        return switch (key.getAlgorithm()) {
            case "EdDSA", "Ed25519" -> id.equals(EdECObjectIdentifiers.id_Ed25519);
            case "EC" -> ECDSA.contains(id);
            default -> RSA.contains(id);
        };
    }
}
