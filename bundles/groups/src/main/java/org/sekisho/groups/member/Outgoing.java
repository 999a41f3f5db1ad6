// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * Something the gateway must get, in this order within a group. Sending the same octets again is harmless.
 *
 * @param n number within the group
 * @param way where to
 * @param to the addressee's mailbox, for {@link Way#MAIL}
 */
public record Outgoing(GroupId group, long n, Way way, Optional<LeafId> to, Octets bytes) {

    /** Where it goes. */
    public enum Way {
        /** A genesis: founds the group. */
        FOUND,
        /** An envelope to the server or to everyone. */
        GROUP,
        /** An envelope to one leaf's mailbox. */
        MAIL
    }
}
