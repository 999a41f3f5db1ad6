// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * The root of all sender keys of an epoch.
 *
 * @param bytes 32 bytes, owned by this object
 */
public record SenderRoot(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public SenderRoot {
        DerivedSecret.requireSize(bytes);
    }
}
