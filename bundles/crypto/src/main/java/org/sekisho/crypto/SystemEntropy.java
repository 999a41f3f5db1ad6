// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.security.SecureRandom;
import org.sekisho.api.scheme.Entropy;

/**
 * Randomness of the operating system. Safe for many threads; does not block once the system has booted.
 *
 * <p>For identifiers, nonces and short-lived keys. Protocol secrets come from {@link NaxosRandom}, which survives a
 * broken generator.
 */
public final class SystemEntropy implements Entropy {

    private final SecureRandom random = new SecureRandom();

    @Override
    public void fill(byte[] target) {
        random.nextBytes(target);
    }
}
