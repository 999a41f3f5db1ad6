// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import javax.crypto.Mac;

/** HMAC with SHA-256 that keeps its key, for many short messages. Inside of this bundle only; not for concurrent use. */
public final class KeyedMac {

    private KeyedMac() {}

    /** Keyed with a copy of {@code key}. */
    public static Mac hmacSha256(byte[] key) {
        return HmacSha256.mac(key);
    }
}
