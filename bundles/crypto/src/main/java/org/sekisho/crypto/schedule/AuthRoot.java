// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * The key of membership proofs inside the group.
 *
 * @param bytes 32 bytes, owned by this object
 */
public record AuthRoot(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public AuthRoot {
        DerivedSecret.requireSize(bytes);
    }
}
