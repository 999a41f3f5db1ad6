// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.Octets;

/** The head of an instance. Holds no secret: RN1 and RN2 are only ever in parts, which are deleted when they are used up. */
sealed interface SideState permits MemberState, ServerState {

    /** Version of both heads. */
    int VERSION = 2;

    /** Longest head, in octets. */
    int MAX_HEAD = 64 << 10;

    int MEMBER = 0;
    int SERVER = 1;

    Octets encode();

    Rn1Line line();
}
