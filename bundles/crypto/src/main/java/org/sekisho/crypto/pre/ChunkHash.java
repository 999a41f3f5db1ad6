// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.sekisho.api.Hash;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.Sha256;

/**
 * What identifies a chunk and a body. Never an authentication tag: readers hold the key and can make two chunks with one tag
 * (protocol note F1).
 */
public final class ChunkHash {

    private static final byte[] LABEL = "pre chunk".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private ChunkHash() {}

    /** {@code H(CBOR["pre chunk", i, last, sealed])}, without copying the chunk. */
    public static Hash of(int index, boolean last, byte[] sealed) {
        MessageDigest digest = digest();
        digest.update((byte) 0x84);
        digest.update((byte) (0x60 | LABEL.length));
        digest.update(LABEL);
        digest.update(head(0x00, index));
        digest.update((byte) (last ? 0xf5 : 0xf4));
        digest.update(head(0x40, sealed.length));
        digest.update(sealed);
        return Hash.of(digest.digest());
    }

    /** {@code H(CBOR["pre body", [h_0 ... h_(n-1)]])}. */
    public static Hash body(List<Hash> chunks) {
        CborWriter writer = new CborWriter().array(2).text("pre body").array(chunks.size());
        chunks.forEach(hash -> writer.bytes(hash.value()));
        return Sha256.hash(writer.toByteArray());
    }

    /** The head of a CBOR item, shortest form; {@code n} is not negative. */
    private static byte[] head(int major, int n) {
        if (n < 24) {
            return new byte[] {(byte) (major | n)};
        }
        if (n < 1 << 8) {
            return new byte[] {(byte) (major | 24), (byte) n};
        }
        if (n < 1 << 16) {
            return new byte[] {(byte) (major | 25), (byte) (n >> 8), (byte) n};
        }
        return new byte[] {(byte) (major | 26), (byte) (n >> 24), (byte) (n >> 16), (byte) (n >> 8), (byte) n};
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new CryptoBugException(e);
        }
    }
}
