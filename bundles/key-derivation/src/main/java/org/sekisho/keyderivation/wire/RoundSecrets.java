// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.SecretBytes;

/** What a leaf draws for one attempt and never uses in another: r, k and s of 0035 3.3. Closing erases. */
public record RoundSecrets(SecretBytes r, SecretBytes k, SecretBytes s) implements AutoCloseable {

    @Override
    public void close() {
        r.close();
        k.close();
        s.close();
    }

    @Override
    public String toString() {
        return "RoundSecrets";
    }
}
