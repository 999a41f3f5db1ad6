// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * What a key scheme yields for an epoch. It and everything it is made of has 256 bits of entropy (protocol note F27).
 *
 * @param bytes 32 bytes, owned by this object
 */
public record SchemeSecret(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public SchemeSecret {
        DerivedSecret.requireSize(bytes);
    }
}
