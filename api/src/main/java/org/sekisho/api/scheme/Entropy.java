// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

/** Where randomness comes from. In tests it is recorded, so that a run can be repeated. */
@FunctionalInterface
public interface Entropy {

    /** Fills {@code target} with octets nobody can predict. */
    void fill(byte[] target);

    /** {@code n} fresh octets. */
    default byte[] next(int n) {
        byte[] b = new byte[n];
        fill(b);
        return b;
    }
}
