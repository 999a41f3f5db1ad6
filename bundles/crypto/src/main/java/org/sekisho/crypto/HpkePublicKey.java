// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import org.sekisho.api.Octets;

/**
 * An X25519 public key that things are sealed to. A point of small order is noticed when sealing.
 *
 * @param bytes 32 bytes
 */
public record HpkePublicKey(Octets bytes) {

    /** Length in bytes. */
    public static final int SIZE = 32;

    /** Requires the length. */
    public HpkePublicKey {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an HPKE key has " + SIZE + " bytes");
        }
    }
}
