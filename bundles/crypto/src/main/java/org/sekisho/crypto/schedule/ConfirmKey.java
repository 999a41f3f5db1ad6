// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * Proves that two parties hold the same epoch.
 *
 * @param bytes 32 bytes, owned by this object
 */
public record ConfirmKey(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public ConfirmKey {
        DerivedSecret.requireSize(bytes);
    }
}
