// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Event;

/**
 * Who belongs to the group, on a member's side: not this scheme's own. It is asked first about messages, requests and timers, and
 * says whether they were its; of the rest it is told after the scheme. The scheme itself only reacts to adopted rosters.
 */
interface MemberSeam {

    /** Nothing beyond keys. */
    MemberSeam NONE = new MemberSeam() {};

    /** The instance begins; {@code params} as the host got them. */
    default void created(Draft<MemberState> draft, Octets params) {}

    default boolean message(Draft<MemberState> draft, Event.Message message) {
        return false;
    }

    default boolean request(Draft<MemberState> draft, Event.Request request) {
        return false;
    }

    default boolean timer(Draft<MemberState> draft, String name) {
        return false;
    }

    default boolean refused(Draft<MemberState> draft, Event.Refused refused) {
        return false;
    }

    default void adopted(Draft<MemberState> draft, SignedRoster roster) {}

    default void committed(Draft<MemberState> draft, SignedCommit commit) {}

    default void resumed(Draft<MemberState> draft) {}

    /** The instance ends. */
    default void ended(Draft<MemberState> draft) {}
}
