// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.util.Arrays;
import javax.crypto.Mac;

/**
 * HKDF with SHA-256 (RFC 5869), without labels. Protocols use {@link Kdf}.
 *
 * <p>The caller owns, and should erase, every array passed in and returned.
 */
public final class Hkdf {

    /** Most bytes that one expansion gives. */
    public static final int MAX_OUTPUT = 255 * 32;

    private Hkdf() {}

    /** HKDF-Extract: 32 bytes. An empty salt stands for 32 zero bytes. */
    public static byte[] extract(byte[] salt, byte[] inputKeyMaterial) {
        return HmacSha256.mac(salt).doFinal(inputKeyMaterial);
    }

    /** HKDF-Expand: {@code length} bytes, at most {@link #MAX_OUTPUT}. */
    public static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
        if (length < 0 || length > MAX_OUTPUT) {
            throw new IllegalArgumentException("HKDF gives at most " + MAX_OUTPUT + " bytes");
        }
        Mac mac = HmacSha256.mac(pseudoRandomKey);
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < length; counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            Arrays.fill(block, (byte) 0);
            block = mac.doFinal();
            int taken = Math.min(block.length, length - done);
            System.arraycopy(block, 0, output, done, taken);
            done += taken;
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }
}
