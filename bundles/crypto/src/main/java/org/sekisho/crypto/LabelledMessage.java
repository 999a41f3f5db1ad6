// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.sekisho.api.Octets;

/** What is really signed for a label: {@code ASCII("sekisho1/" + label) || 0x00 || message}. */
public final class LabelledMessage {

    /** Separates our derivations, signatures and seals from everybody else's. */
    static final String PREFIX = "sekisho1";

    private LabelledMessage() {}

    /** The bytes to sign; a label is ASCII without NUL, and one per kind of message. */
    public static byte[] of(String label, Octets message) {
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
