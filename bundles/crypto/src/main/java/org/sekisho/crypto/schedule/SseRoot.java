// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import org.sekisho.api.SecretBytes;

/**
 * The root of the search index's keys.
 *
 * @param bytes 32 bytes, owned by this object
 */
public record SseRoot(SecretBytes bytes) implements DerivedSecret {

    /** Takes the bytes over. */
    public SseRoot {
        DerivedSecret.requireSize(bytes);
    }
}
