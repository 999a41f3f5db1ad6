// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.CryptoBugException;

/**
 * Encrypts one message's body in chunks: AES-256-GCM, nonce {@code 0^7 || u32 i || last}, associated data
 * {@code H(meta) || u32 i || last}. The key encrypts one message and nothing else, so the counted nonces never repeat.
 *
 * <p>Guarantees: a chunk opens only as the chunk it was sealed as. Does not guarantee who wrote it: every reader has the
 * key. That is what {@link ChunkHash} and the author's signature are for (protocol note F1).
 *
 * <p>One thread at a time: the cipher object is kept between chunks.
 */
public final class BodyKey implements AutoCloseable {

    private final SecretBytes key;
    private final Cipher cipher;

    BodyKey(SecretBytes key) {
        this.key = key;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Seals chunk {@code index}; {@value Aead#TAG_SIZE} bytes longer than the plaintext. */
    public byte[] seal(Hash meta, int index, boolean last, byte[] plaintext, int length) {
        try {
            return run(Cipher.ENCRYPT_MODE, meta, index, last, plaintext, length);
        } catch (AEADBadTagException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Opens chunk {@code index}, or throws {@link AuthenticationFailedException}. */
    public byte[] open(Hash meta, int index, boolean last, byte[] sealed) {
        try {
            return run(Cipher.DECRYPT_MODE, meta, index, last, sealed, sealed.length);
        } catch (AEADBadTagException e) {
            throw new AuthenticationFailedException();
        }
    }

    private byte[] run(int mode, Hash meta, int index, boolean last, byte[] input, int length)
            throws AEADBadTagException {
        byte[] place =
                ByteBuffer.allocate(5).putInt(index).put((byte) (last ? 1 : 0)).array();
        byte[] nonce =
                ByteBuffer.allocate(Aead.NONCE_SIZE).position(7).put(place).array();
        byte[] raw = key.expose();
        try {
            cipher.init(mode, new SecretKeySpec(raw, "AES"), new GCMParameterSpec(8 * Aead.TAG_SIZE, nonce));
            cipher.updateAAD(Octets.concat(meta.value(), Octets.of(place)).toByteArray());
            return cipher.doFinal(input, 0, length);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        } finally {
            java.util.Arrays.fill(raw, (byte) 0);
        }
    }

    @Override
    public void close() {
        key.close();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "BodyKey";
    }
}
