// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks: authenticated by the endpoint (client certificate, or administrator's log-in), authorised by {@link Operation}.
 *
 * @param name for people and for the audit trail: certificate subject or user name
 * @param leaf the participant, when the caller is one
 * @param roles roles that do not depend on a group; {@link Role#OWNER} and {@link Role#MEMBER} are found in the roster
 */
public record Caller(String name, Optional<LeafId> leaf, Set<Role> roles) {

    /** Attribute of an HTTP request under which authentication leaves the caller for every endpoint behind it. */
    public static final String REQUEST_ATTRIBUTE = "org.sekisho.caller";

    /** Nobody in particular; may only do what needs no identity. */
    public static final Caller ANONYMOUS = new Caller("anonymous", Optional.empty(), Set.of(Role.ANONYMOUS));

    /** The gateway itself: timers and jobs. */
    public static final Caller GATEWAY = new Caller("gateway", Optional.empty(), Set.of(Role.OPERATOR));

    public Caller {
        roles = Set.copyOf(roles);
    }

    public static Caller participant(String name, LeafId leaf) {
        return new Caller(name, Optional.of(leaf), Set.of(Role.PARTICIPANT));
    }

    public static Caller user(String name, Set<Role> roles) {
        return new Caller(name, Optional.empty(), roles);
    }

    /** The participant, or {@link DeniedException} when the caller is none. */
    public LeafId requireLeaf() {
        return leaf.orElseThrow(
                () -> new DeniedException(ErrorCode.UNAUTHENTICATED, "a participant's certificate is needed"));
    }
}
