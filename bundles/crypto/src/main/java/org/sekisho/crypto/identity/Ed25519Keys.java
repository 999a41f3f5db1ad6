// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.VerifyingKey;

/** Ed25519 keys in the JDK's types and back, for certificates and PKCS#12. */
public final class Ed25519Keys {

    /** SubjectPublicKeyInfo of RFC 8410 up to the key itself. */
    private static final Octets SPKI_PREFIX = Octets.ofHex("302a300506032b6570032100");

    private Ed25519Keys() {}

    /** The JDK's form of {@code key}; it cannot be erased. */
    public static PrivateKey privateKey(SigningKey key) {
        try (SecretBytes seed = key.exposeSeed()) {
            return factory().generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.expose()));
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /** The JDK's form of {@code key}. */
    public static PublicKey publicKey(VerifyingKey key) {
        try {
            byte[] spki = Octets.concat(SPKI_PREFIX, key.bytes()).toByteArray();
            return factory().generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Our form of an Ed25519 private key whose bytes can be had; else {@link IllegalArgumentException}. */
    public static SigningKey signingKey(PrivateKey key) {
        if (key instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
            try (SecretBytes seed = SecretBytes.take(ed.getBytes().get())) {
                return SigningKey.of(seed);
            }
        }
        throw new IllegalArgumentException("not an Ed25519 private key");
    }

    /** Our form of an Ed25519 public key; else {@link IllegalArgumentException}. */
    public static VerifyingKey verifyingKey(PublicKey key) {
        Octets spki = key.getEncoded() == null ? Octets.EMPTY : Octets.of(key.getEncoded());
        if (spki.size() != SPKI_PREFIX.size() + VerifyingKey.SIZE || !spki.startsWith(SPKI_PREFIX)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return VerifyingKey.of(spki.slice(SPKI_PREFIX.size(), spki.size()));
    }

    private static KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519");
    }
}
