// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import org.sekisho.api.Octets;

/** Seals what an instance stores. Safe for many threads. */
public interface StateSealer {

    /** Encrypts and authenticates {@code plain} together with {@code context}. */
    Octets seal(Octets context, Octets plain);

    /** Throws {@link StateCorruptException} when {@code sealed} was not made with this context under this key. */
    Octets open(Octets context, Octets sealed);

    /** 32 octets that only the holder of the key can compute. */
    Octets mac(Octets bytes);
}
