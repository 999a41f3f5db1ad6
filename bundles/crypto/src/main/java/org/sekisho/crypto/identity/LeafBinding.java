// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;

/**
 * The tie between a leaf and a certificate: the certificate's key signs
 * {@code [1, leaf, idKey, hpkeKey, certHash]} under the label {@code leaf binding}.
 */
public final class LeafBinding {

    private static final String LABEL = "leaf binding";
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

    private static Octets record(LeafId leaf, Octets idKey, Octets hpkeKey, Hash certificate) {
        return Cbor.encode(VERSION, leaf, idKey, hpkeKey, certificate);
    }
}
