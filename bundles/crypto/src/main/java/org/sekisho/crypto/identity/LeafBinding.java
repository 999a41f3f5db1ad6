// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.VerifyingKey;

/**
 * The tie between a leaf and a certificate, both ways: the certificate's key signs
 * {@code [1, leaf, idKey, hpkeKey, certHash]} under the label {@code leaf binding}, and the identity key signs the same under
 * the label {@code leaf possession} (protocol notes R39). Without the second, the holder of a certificate could claim somebody
 * else's identity key as its own. Where the certificate's key is the identity key, the first proves both.
 */
public final class LeafBinding {

    private static final String LABEL = "leaf binding";
    private static final String POSSESSION = "leaf possession";
    private static final int VERSION = 1;

    private LeafBinding() {}

    /** Signs with the private key of {@code certificate}. */
    public static Octets sign(PrivateKey key, X509Certificate certificate, LeafId leaf, Octets idKey, Octets hpkeKey) {
        return KeySignature.sign(key, LABEL, record(leaf, idKey, hpkeKey, Certificates.hash(certificate)));
    }

    /** Whether {@code binding} was signed by the key of {@code certificate}, which the caller validates. */
    public static boolean verify(
            X509Certificate certificate, LeafId leaf, Octets idKey, Octets hpkeKey, Octets binding) {
        Octets message = record(leaf, idKey, hpkeKey, Certificates.hash(certificate));
        return KeySignature.verify(certificate.getPublicKey(), LABEL, message, binding);
    }

    /** Signs with the identity key; empty where it is the key of {@code certificate}. */
    public static Optional<Octets> possession(
            SigningKey idKey, X509Certificate certificate, LeafId leaf, Octets hpkeKey) {
        Octets key = idKey.verifyingKey().bytes();
        return isKeyOf(certificate, key)
                ? Optional.empty()
                : Optional.of(idKey.sign(POSSESSION, record(leaf, key, hpkeKey, Certificates.hash(certificate))));
    }

    /** Whether who signed for the leaf holds the identity key too; to be asked of a binding that was verified. */
    public static boolean possessed(
            X509Certificate certificate, LeafId leaf, Octets idKey, Octets hpkeKey, Optional<Octets> possession) {
        if (isKeyOf(certificate, idKey)) {
            return true;
        }
        Octets message = record(leaf, idKey, hpkeKey, Certificates.hash(certificate));
        try {
            VerifyingKey key = VerifyingKey.of(idKey);
            return possession
                    .filter(signature -> key.verify(POSSESSION, message, signature))
                    .isPresent();
        } catch (IllegalArgumentException noKey) {
            return false;
        }
    }

    private static boolean isKeyOf(X509Certificate certificate, Octets idKey) {
        try {
            return Ed25519Keys.verifyingKey(certificate.getPublicKey()).bytes().equals(idKey);
        } catch (IllegalArgumentException otherKind) {
            return false;
        }
    }

    private static Octets record(LeafId leaf, Octets idKey, Octets hpkeKey, Hash certificate) {
        return Cbor.encode(VERSION, leaf, idKey, hpkeKey, certificate);
    }
}
