// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.EntropySecureRandom;

/** The kinds of key that our own authority and servers are made with. */
public enum KeyAlgorithm {
    /** Ed25519: participants, whose certificate key is their identity key. */
    ED25519,
    /** ECDSA on P-256: what every TLS client understands, browsers included. */
    P256;

    /** A fresh pair. */
    public KeyPair generate(Entropy entropy) {
        var random = new EntropySecureRandom(entropy);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(this == ED25519 ? "Ed25519" : "EC");
            generator.initialize(
                    this == ED25519 ? NamedParameterSpec.ED25519 : new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }
}
