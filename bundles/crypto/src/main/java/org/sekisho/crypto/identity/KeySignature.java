// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.sekisho.api.Octets;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.LabelledMessage;

/**
 * Labelled signatures by the key of a certificate, whatever its kind: Ed25519, ECDSA with SHA-256 on curves of at
 * least 256 bits, RSA-PSS with SHA-256 and moduli of at least 2048 bits.
 *
 * <p>Guarantees: the kind of key decides the algorithm, never the message; the label separates purposes as in
 * {@link org.sekisho.crypto.SigningKey}. ECDSA signatures can be re-encoded by anybody: do not use one as an identifier.
 */
public final class KeySignature {

    private static final int MIN_EC_BITS = 256;
    private static final int MIN_RSA_BITS = 2048;
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private KeySignature() {}

    /** Signs {@code message} for {@code label}; the key may live in a token. */
    public static Octets sign(PrivateKey key, String label, Octets message) {
        try {
            Signature signature = algorithm(key);
            signature.initSign(key);
            signature.update(LabelledMessage.of(label, message));
            return Octets.of(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Whether {@code signature} was made by the private half of {@code key}; false for keys too weak or unknown. */
    public static boolean verify(PublicKey key, String label, Octets message, Octets signature) {
        try {
            Signature verifier = algorithm(key);
            verifier.initVerify(key);
            verifier.update(LabelledMessage.of(label, message));
            return verifier.verify(signature.toByteArray());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the key's kind and size are accepted. */
    static boolean supports(Key key) {
        return switch (key.getAlgorithm()) {
            case "EdDSA", "Ed25519" ->
                !(key instanceof EdECKey ed) || ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            case "EC" ->
                !(key instanceof ECKey ec)
                        || ec.getParams().getCurve().getField().getFieldSize() >= MIN_EC_BITS;
            case "RSA", "RSASSA-PSS" ->
                !(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= MIN_RSA_BITS;
            default -> false;
        };
    }

    private static Signature algorithm(Key key) throws GeneralSecurityException {
        if (!supports(key)) {
            throw new IllegalArgumentException("key of unknown kind or too short");
        }
        return switch (key.getAlgorithm()) {
            case "EdDSA", "Ed25519" -> Signature.getInstance("Ed25519");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            default -> withParameters(Signature.getInstance("RSASSA-PSS"), PSS);
        };
    }

    private static Signature withParameters(Signature signature, AlgorithmParameterSpec parameters)
            throws GeneralSecurityException {
        signature.setParameter(parameters);
        return signature;
    }
}
