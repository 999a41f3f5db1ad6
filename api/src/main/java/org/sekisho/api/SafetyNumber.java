// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import java.math.BigInteger;

/**
 * A hash as people read it to each other: of an identity key, to know that it is the other's; of an epoch, to know that
 * both are in the same one. Equal digits mean equal hashes but for a chance of about 2^-199.
 */
public final class SafetyNumber {

    /** Digits without the blanks. */
    public static final int DIGITS = 60;

    private static final int GROUP = 5;

    private SafetyNumber() {}

    /** {@code hash} as a number, modulo 10^60, in twelve groups of five digits separated by blanks. */
    public static String of(Hash hash) {
        BigInteger number = new BigInteger(1, hash.value().toByteArray()).mod(BigInteger.TEN.pow(DIGITS));
        String digits = "0".repeat(DIGITS) + number;
        digits = digits.substring(digits.length() - DIGITS);
        var groups = new StringBuilder(DIGITS + DIGITS / GROUP);
        for (int at = 0; at < DIGITS; at += GROUP) {
            groups.append(at == 0 ? "" : " ").append(digits, at, at + GROUP);
        }
        return groups.toString();
    }
}
