// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import org.sekisho.api.Octets;

/** The head of an instance. Holds no secret: those are in parts, which are deleted when they are used up. */
sealed interface SideState permits MemberState, ServerState {

    /** Version of both heads. */
    int VERSION = 1;

    /** Longest head, in octets. */
    int MAX_HEAD = 16 << 10;

    int MEMBER = 0;
    int SERVER = 1;

    Octets encode();
}
