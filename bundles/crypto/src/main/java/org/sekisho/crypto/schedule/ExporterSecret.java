// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * Gives keys to applications and to other bundles; see {@link KeySchedule#export}.
 *
 * @param bytes 32 bytes, owned by this object
 */
public record ExporterSecret(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public ExporterSecret {
        DerivedSecret.requireSize(bytes);
    }
}
