// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Event;

/** Who belongs to the group, on the server's side; see {@link MemberSeam}. */
interface ServerSeam {

    /** Nothing beyond keys. */
    ServerSeam NONE = new ServerSeam() {};

    default boolean message(Draft<ServerState> draft, Event.Message message) {
        return false;
    }

    default boolean request(Draft<ServerState> draft, Event.Request request) {
        return false;
    }

    default boolean timer(Draft<ServerState> draft, String name) {
        return false;
    }

    default void adopted(Draft<ServerState> draft, SignedRoster roster) {}

    default void committed(Draft<ServerState> draft, SignedCommit commit) {}

    default void resumed(Draft<ServerState> draft) {}
}
