// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.util.Arrays;
import javax.crypto.Mac;

/** HMAC_DRBG with SHA-256 of NIST SP 800-90A section 10.1.2, without personalisation or additional input. */
final class HmacDrbg {

    private static final int MAX_REQUEST = 1 << 16;

    private byte[] key = new byte[32];
    private byte[] value = new byte[32];

    HmacDrbg(byte[] seed) {
        Arrays.fill(value, (byte) 1);
        reseed(seed);
    }

    void reseed(byte[] seed) {
        update(0, seed);
        update(1, seed);
    }

    void fill(byte[] target) {
        for (int offset = 0; offset < target.length; offset += MAX_REQUEST) {
            generate(target, offset, Math.min(MAX_REQUEST, target.length - offset));
        }
    }

    private void generate(byte[] target, int offset, int length) {
        Mac mac = HmacSha256.mac(key);
        for (int done = 0; done < length; done += value.length) {
            value = mac.doFinal(value);
            System.arraycopy(value, 0, target, offset + done, Math.min(value.length, length - done));
        }
        update(0, new byte[0]);
    }

    private void update(int round, byte[] seed) {
        Mac mac = HmacSha256.mac(key);
        mac.update(value);
        mac.update((byte) round);
        byte[] next = mac.doFinal(seed);
        Arrays.fill(key, (byte) 0);
        key = next;
        value = HmacSha256.mac(key).doFinal(value);
    }

    void erase() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(value, (byte) 0);
    }
}
