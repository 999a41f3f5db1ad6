// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * Encrypts what one leaf sends in one incarnation of one epoch.
 *
 * @param bytes 32 bytes, owned by this object
 */
public record SenderKey(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public SenderKey {
        DerivedSecret.requireSize(bytes);
    }
}
