// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.security.AccessController;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.sekisho.api.Caller;
import org.sekisho.api.Role;

/** Who sits at the console: the container's subject with the roles that mean something here. */
final class ConsoleCaller {

    private static final Set<String> ROLE_PRINCIPALS = Set.of("RolePrincipal", "GroupPrincipal");

    private ConsoleCaller() {}

    /** Nobody in particular when the console runs without a subject. */
    @SuppressWarnings({"removal", "deprecation"}) // the container binds its subject this way
    static Caller current() {
        return Optional.ofNullable(Subject.getSubject(AccessController.getContext()))
                .map(ConsoleCaller::of)
                .orElse(Caller.ANONYMOUS);
    }

    static Caller of(Subject subject) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        String name = "console";
        for (Principal principal : subject.getPrincipals()) {
            String kind = principal.getClass().getSimpleName();
            if (ROLE_PRINCIPALS.contains(kind)) {
                Role.administrative(principal.getName()).ifPresent(roles::add);
            } else if (kind.equals("UserPrincipal")) {
                name = principal.getName();
            }
        }
        return Caller.user(name, roles);
    }
}
