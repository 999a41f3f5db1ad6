// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.security.MessageDigest;
import org.sekisho.api.Octets;

/** Comparison of tags, hashes and commitments that takes a time depending on the lengths only. */
public final class ConstantTime {

    private ConstantTime() {}

    /** Whether both hold the same bytes. */
    public static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    /** Whether both hold the same bytes. */
    public static boolean equal(Octets a, Octets b) {
        return MessageDigest.isEqual(a.toByteArray(), b.toByteArray());
    }

    /** Whether every byte is zero. */
    static boolean isZero(byte[] bytes) {
        int seen = 0;
        for (byte b : bytes) {
            seen |= b;
        }
        return seen == 0;
    }
}
