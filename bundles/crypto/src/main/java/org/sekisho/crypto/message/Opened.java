// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * A message that was decrypted, whose signature is its sender's, and that was not received before.
 *
 * @param plaintext not shown by {@link #toString()}
 */
public record Opened(LeafId leaf, Octets incarnation, long seq, String contentType, Octets plaintext) {

    /** Without the content. */
    @Override
    public String toString() {
        return "Opened[" + leaf + ", " + seq + ", " + plaintext.size() + " bytes]";
    }
}
