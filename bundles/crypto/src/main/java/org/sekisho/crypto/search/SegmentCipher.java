// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.search;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.Kdf;
import org.sekisho.crypto.KeyedMac;

/**
 * One segment's keys at work (0050, 3.3): tokens of words, blocks of postings, padding rows, pieces of the directory.
 *
 * <p>Guarantees: a block opens only under its own label and in its own segment; a piece of a directory only at its own place and
 * only as last where it is the last. Does not guarantee that a label is used once: whoever builds a segment checks that the
 * first twelve octets of all its labels differ, and builds a segment's identifier once (protocol note R11).
 *
 * <p>Not safe for concurrent use; {@link #close()} drops the keys.
 */
public final class SegmentCipher implements AutoCloseable {

    /** Length of a segment's identifier in octets. */
    public static final int ID_SIZE = 16;

    /** What sealing adds, in octets. */
    public static final int OVERHEAD = 16;

    private static final byte[] WORD = {'k', 'w'};
    private static final int NONCE = 12;

    private final byte[] segment;
    private final byte[] scope;
    private final Mac words;
    private final Mac padding;
    private final Cipher cipher;
    private final SecretKeySpec blocks;
    private final SecretKeySpec directory;

    /** Keys of the segment that {@code writer} made. Copies what it needs of {@code key}. */
    public SegmentCipher(CohortKey key, GroupId group, Octets segment, LeafId writer) {
        if (segment.size() != ID_SIZE) {
            throw new IllegalArgumentException("a segment's identifier has " + ID_SIZE + " octets");
        }
        this.segment = segment.toByteArray();
        this.scope = Octets.concat(group.value(), segment).toByteArray();
        try (SecretBytes own = Kdf.derive(key.bytes(), "sse seg", 32, group, segment, writer);
                SecretBytes enc = Kdf.derive(own, "sse enc", 32);
                SecretBytes dir = Kdf.derive(own, "sse dir", 32);
                SecretBytes pad = Kdf.derive(own, "sse pad", 32)) {
            this.words = own.use(KeyedMac::hmacSha256);
            this.padding = pad.use(KeyedMac::hmacSha256);
            this.blocks = enc.use(k -> new SecretKeySpec(k, "AES"));
            this.directory = dir.use(k -> new SecretKeySpec(k, "AES"));
        }
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /** The token of a word in this segment, 32 octets: all that a search tells the server. */
    public byte[] token(byte[] word) {
        words.update(WORD);
        return words.doFinal(word);
    }

    /** The label of the {@code i}-th padding row: nobody without the key tells it from others. */
    public byte[] paddingLabel(int i) {
        return Arrays.copyOf(padding.doFinal(BlockLabels.numbered((byte) 'P', i)), BlockLabels.SIZE);
    }

    public byte[] sealBlock(byte[] label, byte[] postings) {
        try {
            return run(Cipher.ENCRYPT_MODE, blocks, Arrays.copyOf(label, NONCE), join(segment, label), postings);
        } catch (AEADBadTagException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Throws {@link AuthenticationFailedException} unless it is the block of this label in this segment. */
    public byte[] openBlock(byte[] label, byte[] sealed) {
        return open(blocks, Arrays.copyOf(label, NONCE), join(segment, label), sealed);
    }

    public byte[] sealPiece(int i, boolean last, byte[] piece) {
        try {
            return run(Cipher.ENCRYPT_MODE, directory, place(i, last, NONCE), join(scope, place(i, last, 5)), piece);
        } catch (AEADBadTagException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Throws {@link AuthenticationFailedException} unless it is piece {@code i} of this segment's directory. */
    public byte[] openPiece(int i, boolean last, byte[] sealed) {
        return open(directory, place(i, last, NONCE), join(scope, place(i, last, 5)), sealed);
    }

    /** Zeros, then u32 i and one octet for last. */
    private static byte[] place(int i, boolean last, int size) {
        byte[] place = new byte[size];
        place[size - 5] = (byte) (i >>> 24);
        place[size - 4] = (byte) (i >>> 16);
        place[size - 3] = (byte) (i >>> 8);
        place[size - 2] = (byte) i;
        place[size - 1] = (byte) (last ? 1 : 0);
        return place;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private byte[] open(SecretKeySpec key, byte[] nonce, byte[] associated, byte[] sealed) {
        if (sealed.length < OVERHEAD) {
            throw new AuthenticationFailedException();
        }
        try {
            return run(Cipher.DECRYPT_MODE, key, nonce, associated, sealed);
        } catch (AEADBadTagException e) {
            throw new AuthenticationFailedException();
        }
    }

    private byte[] run(int mode, SecretKeySpec key, byte[] nonce, byte[] associated, byte[] input)
            throws AEADBadTagException {
        try {
            cipher.init(mode, key, new GCMParameterSpec(8 * OVERHEAD, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(input);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    @Override
    public void close() {
        words.reset();
        padding.reset();
    }
}
