// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.search.SegmentCipher;
import org.sekisho.searchindex.text.Token;
import org.sekisho.searchindex.wire.IndexLimits;

/**
 * A segment's directory: everything in it, for merging, auditing and searching at home. Sealed in pieces of 64 KiB:
 * {@code u32 length, [1, [sender...], [token...], [[msgId, minute, sender's number, [token's number...]]...]], zeros} up to the next
 * of 4 KiB times a power of two.
 */
final class Directory {

    private static final int LEAST = 4 << 10;
    private static final int PIECE = 64 << 10;
    private static final int LENGTH = 4;

    private Directory() {}

    static byte[] seal(SegmentCipher cipher, List<Item> items) {
        byte[] plain = padded(encode(items));
        int pieces = (plain.length + PIECE - 1) / PIECE;
        byte[] sealed = new byte[plain.length + pieces * SegmentCipher.OVERHEAD];
        int at = 0;
        for (int i = 0; i < pieces; i++) {
            byte[] piece = Arrays.copyOfRange(plain, i * PIECE, Math.min(plain.length, (i + 1) * PIECE));
            byte[] ct = cipher.sealPiece(i, i == pieces - 1, piece);
            System.arraycopy(ct, 0, sealed, at, ct.length);
            at += ct.length;
        }
        Arrays.fill(plain, (byte) 0);
        return sealed;
    }

    /** Throws {@link AuthenticationFailedException} on anything that the writer did not seal so. */
    static List<Item> open(SegmentCipher cipher, byte[] sealed) {
        int step = PIECE + SegmentCipher.OVERHEAD;
        int pieces = (sealed.length + step - 1) / step;
        byte[] plain = new byte[Math.max(0, sealed.length - pieces * SegmentCipher.OVERHEAD)];
        int at = 0;
        for (int i = 0; i < pieces; i++) {
            byte[] ct = Arrays.copyOfRange(sealed, i * step, Math.min(sealed.length, (i + 1) * step));
            byte[] piece = cipher.openPiece(i, i == pieces - 1, ct);
            System.arraycopy(piece, 0, plain, at, piece.length);
            at += piece.length;
        }
        try {
            return decode(plain);
        } catch (MalformedException | IndexOutOfBoundsException e) {
            // sealed by a member, and yet no directory: as bad as a wrong seal
            throw new AuthenticationFailedException();
        }
    }

    private static byte[] padded(byte[] content) {
        long size = LEAST;
        while (size < content.length + LENGTH) {
            size *= 2;
        }
        if (size > IndexLimits.MAX_DIRECTORY / 2 * 2) {
            throw new IllegalArgumentException("a directory has at most " + IndexLimits.MAX_DIRECTORY + " octets");
        }
        byte[] plain = new byte[(int) size];
        for (int i = 0; i < LENGTH; i++) {
            plain[i] = (byte) (content.length >>> (24 - 8 * i));
        }
        System.arraycopy(content, 0, plain, LENGTH, content.length);
        return plain;
    }

    private static byte[] encode(List<Item> items) {
        Map<LeafId, Integer> senders = new TreeMap<>();
        Map<Octets, Integer> tokens = new TreeMap<>();
        for (Item item : items) {
            senders.put(item.sender(), 0);
            item.tokens().forEach(token -> tokens.put(token, 0));
        }
        number(senders);
        number(tokens);
        var w = new CborWriter().array(4).integer(1).array(senders.size());
        senders.keySet().forEach(leaf -> w.bytes(leaf.value()));
        w.array(tokens.size());
        tokens.keySet().forEach(w::bytes);
        Map<Octets, Integer> fast = new HashMap<>(tokens);
        w.array(items.size());
        for (Item item : items) {
            w.array(4).bytes(item.message()).integer(item.minute()).integer(senders.get(item.sender()));
            w.array(item.tokens().size());
            item.tokens().forEach(token -> w.integer(fast.get(token)));
        }
        return w.toByteArray();
    }

    private static <K> void number(Map<K, Integer> keys) {
        int n = 0;
        for (Map.Entry<K, Integer> entry : keys.entrySet()) {
            entry.setValue(n++);
        }
    }

    private static List<Item> decode(byte[] plain) {
        long length = 0;
        for (int i = 0; i < LENGTH; i++) {
            length = length << 8 | plain[i] & 0xff;
        }
        if (length > plain.length - LENGTH) {
            throw new MalformedException("longer than the directory", 0);
        }
        var r = new CborReader(Arrays.copyOfRange(plain, LENGTH, LENGTH + (int) length));
        r.struct(1, 4);
        List<LeafId> senders = r.list(IndexLimits.MAX_MESSAGES, CborReader::leafId);
        List<Octets> tokens = r.list(IndexLimits.MAX_ROWS, in -> in.octets(Token.MAX_OCTETS));
        int count = r.array(IndexLimits.MAX_MESSAGES);
        List<Item> items = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            r.arrayOf(4);
            Octets message = r.octetsOf(IndexLimits.ID);
            long minute = r.uint(Long.MAX_VALUE);
            LeafId sender = senders.get((int) r.uint(senders.size() - 1L));
            int words = r.array(2 * 512);
            List<Octets> own = new ArrayList<>(words);
            for (int t = 0; t < words; t++) {
                own.add(tokens.get((int) r.uint(tokens.size() - 1L)));
            }
            items.add(new Item(message, minute, sender, own));
        }
        r.end();
        return items;
    }
}
