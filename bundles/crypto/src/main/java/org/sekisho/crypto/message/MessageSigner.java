// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import org.sekisho.api.Octets;

/** Signs as the sending leaf; {@code signingKey::sign} is one. The key may live elsewhere. */
@FunctionalInterface
public interface MessageSigner {

    /** The Ed25519 signature of {@code message} for {@code label}: 64 bytes. */
    Octets sign(String label, Octets message);
}
