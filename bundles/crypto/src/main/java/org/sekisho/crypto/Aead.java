// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;

/**
 * Authenticated encryption with associated data: keys of 32 bytes, nonces of 12, tags of 16 appended.
 *
 * <p>Guarantees: what {@link #open} returns is what {@link #seal} was given under the same key, nonce and associated
 * data. Does not guarantee: anything once a nonce is used twice with one key, that the key is the only one under which
 * a ciphertext opens, or that a tag identifies its content to somebody who holds the key (protocol note F1).
 *
 * <p>Threads: safe. Takes whole messages in memory; AES-GCM on JDK 17 is slow beyond 64 KiB in one piece.
 */
public enum Aead {
    /** AES-256-GCM, the default. */
    AES_256_GCM("AES/GCM/NoPadding", "AES") {
        @Override
        AlgorithmParameterSpec parameters(byte[] nonce) {
            return new GCMParameterSpec(8 * TAG_SIZE, nonce);
        }
    },
    /** ChaCha20-Poly1305 (RFC 8439), where a policy asks for it. */
    CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20") {
        @Override
        AlgorithmParameterSpec parameters(byte[] nonce) {
            return new IvParameterSpec(nonce);
        }
    };

    /** Length of a key in bytes. */
    public static final int KEY_SIZE = 32;

    /** Length of a nonce in bytes. */
    public static final int NONCE_SIZE = 12;

    /** Length of a tag in bytes. */
    public static final int TAG_SIZE = 16;

    private final String transformation;
    private final String keyAlgorithm;

    Aead(String transformation, String keyAlgorithm) {
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
    }

    abstract AlgorithmParameterSpec parameters(byte[] nonce);

    /** Encrypts; the result is as long as the plaintext and {@link #TAG_SIZE} more. */
    public byte[] seal(SecretBytes key, Octets nonce, Octets associatedData, byte[] plaintext) {
        try {
            return run(Cipher.ENCRYPT_MODE, key, nonce, associatedData, plaintext);
        } catch (AEADBadTagException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Decrypts what {@link #seal} made, or throws {@link AuthenticationFailedException}. */
    public byte[] open(SecretBytes key, Octets nonce, Octets associatedData, byte[] sealed) {
        if (sealed.length < TAG_SIZE) {
            throw new AuthenticationFailedException();
        }
        try {
            return run(Cipher.DECRYPT_MODE, key, nonce, associatedData, sealed);
        } catch (AEADBadTagException e) {
            throw new AuthenticationFailedException();
        }
    }

    private byte[] run(int mode, SecretBytes key, Octets nonce, Octets associatedData, byte[] input)
            throws AEADBadTagException {
        if (key.size() != KEY_SIZE || nonce.size() != NONCE_SIZE) {
            throw new IllegalArgumentException("key of " + KEY_SIZE + " bytes and nonce of " + NONCE_SIZE);
        }
        byte[] raw = key.expose();
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(mode, new SecretKeySpec(raw, keyAlgorithm), parameters(nonce.toByteArray()));
            cipher.updateAAD(associatedData.toByteArray());
            return cipher.doFinal(input);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        } finally {
            java.util.Arrays.fill(raw, (byte) 0);
        }
    }
}
