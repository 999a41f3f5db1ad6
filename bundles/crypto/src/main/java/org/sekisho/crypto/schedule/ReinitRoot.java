// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * Binds the next scheme's first epoch to this one; see {@link KeySchedule#reinitPsk}.
 *
 * @param bytes 32 bytes, owned by this object
 */
public record ReinitRoot(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public ReinitRoot {
        DerivedSecret.requireSize(bytes);
    }
}
