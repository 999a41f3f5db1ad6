// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * The root of an epoch's derivations; lives only while they are made.
 *
 * @param bytes 32 bytes, owned by this object
 */
public record EpochSecret(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public EpochSecret {
        DerivedSecret.requireSize(bytes);
    }
}
