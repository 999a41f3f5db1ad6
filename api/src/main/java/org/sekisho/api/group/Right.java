// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

/** What a leaf may do in its group beyond reading and writing. */
public enum Right {
    /** Change anything of the roster and the policy. */
    ADMIN,
    /** Add leaves. */
    INVITE,
    /** Remove leaves (S0: withdrawal instruction). */
    REMOVE;

    /** The bit of this right in the encoded roster. */
    public int bit() {
        return 1 << ordinal();
    }
}
