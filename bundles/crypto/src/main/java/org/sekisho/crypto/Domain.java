// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.sekisho.api.Octets;

/** The prefix that separates our derivations, signatures and seals from everybody else's. */
final class Domain {

    static final String PREFIX = "sekisho1";

    private Domain() {}

    /** What is signed for {@code label}: the prefix, a slash, the label, a zero byte, and the message. */
    static byte[] signed(String label, Octets message) {
        if (label.isEmpty() || !label.chars().allMatch(c -> c > 0 && c < 128)) {
            throw new IllegalArgumentException("a signature label is ASCII without NUL");
        }
        byte[] head = (PREFIX + "/" + label).getBytes(US_ASCII);
        byte[] signed = new byte[head.length + 1 + message.size()];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(message.toByteArray(), 0, signed, head.length + 1, message.size());
        return signed;
    }
}
