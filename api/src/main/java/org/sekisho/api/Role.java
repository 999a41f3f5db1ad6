// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import java.util.Optional;

/** Roles of the access table. Participant: enrolled and not revoked. Member and owner: by the roster of the group concerned. */
public enum Role {
    ANONYMOUS,
    PARTICIPANT,
    MEMBER,
    OWNER,
    ADMIN,
    OPERATOR,
    AUDITOR;

    /** The role a name in the container's user database stands for; none for the names it has for itself. */
    public static Optional<Role> administrative(String name) {
        return switch (name) {
            case "admin" -> Optional.of(ADMIN);
            case "operator" -> Optional.of(OPERATOR);
            case "auditor" -> Optional.of(AUDITOR);
            default -> Optional.empty();
        };
    }
}
