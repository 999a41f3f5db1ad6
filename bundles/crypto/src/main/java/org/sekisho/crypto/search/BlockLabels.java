// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.search;

import java.util.Arrays;
import javax.crypto.Mac;
import org.sekisho.crypto.HmacSha256;
import org.sekisho.crypto.KeyedMac;

/**
 * Where the blocks of a word are in a segment: {@code HMAC(token, "L" || u32 c)[0..16)}. The server computes the same to find
 * them; it learns neither the word nor anything about another segment. Not safe for concurrent use.
 */
public final class BlockLabels {

    /** Length of a label in octets. */
    public static final int SIZE = 16;

    private final Mac mac;

    /** For the 32 octets of a token. */
    public BlockLabels(byte[] token) {
        if (token.length != HmacSha256.TAG_SIZE) {
            throw new IllegalArgumentException("a token has " + HmacSha256.TAG_SIZE + " octets");
        }
        this.mac = KeyedMac.hmacSha256(token);
    }

    /** The label of block {@code c}. */
    public byte[] label(int c) {
        return Arrays.copyOf(mac.doFinal(numbered((byte) 'L', c)), SIZE);
    }

    static byte[] numbered(byte kind, int c) {
        return new byte[] {kind, (byte) (c >>> 24), (byte) (c >>> 16), (byte) (c >>> 8), (byte) c};
    }
}
