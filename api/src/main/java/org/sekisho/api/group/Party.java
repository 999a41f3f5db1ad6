// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.LeafId;

/** An end of a protocol message. */
public sealed interface Party {

    /** The gateway's instance of the scheme. */
    record Server() implements Party {}

    /** All leaves of the current or proposed roster, and the server. */
    record Everyone() implements Party {}

    /** One leaf; also used before it is a member. */
    record Member(LeafId leaf) implements Party {}

    Server SERVER = new Server();
    Everyone EVERYONE = new Everyone();
}
