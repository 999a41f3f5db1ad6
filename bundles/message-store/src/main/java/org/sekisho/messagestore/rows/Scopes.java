// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.rows;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;

/**
 * The scope of a group's store: {@code "pre" || groupId}. Not the group's own, so that a job over a million headers never
 * holds the lock that the group's log and its key scheme need.
 */
public final class Scopes {

    private static final Octets PREFIX = Octets.utf8("pre");

    private Scopes() {}

    public static Octets of(GroupId group) {
        return Octets.concat(PREFIX, group.value());
    }

    /** The group; empty when the scope is another component's. */
    public static Optional<GroupId> group(Octets scope) {
        return scope.startsWith(PREFIX) && scope.size() == PREFIX.size() + GroupId.SIZE
                ? Optional.of(new GroupId(scope.slice(PREFIX.size(), scope.size())))
                : Optional.empty();
    }
}
