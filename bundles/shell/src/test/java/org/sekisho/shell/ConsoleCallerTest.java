// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.security.PrivilegedAction;
import java.util.Set;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.Role;

/** Roles come from what says of itself that it is a role, and from nothing else. */
class ConsoleCallerTest {

    record RolePrincipal(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    record UserPrincipal(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    static Subject subject(Principal... principals) {
        return new Subject(true, Set.of(principals), Set.of(), Set.of());
    }

    @Test
    void rolesOfTheContainerThatMeanSomethingHere() {
        Caller caller = ConsoleCaller.of(subject(
                new UserPrincipal("eve"),
                new RolePrincipal("auditor"),
                new RolePrincipal("viewer"),
                new RolePrincipal("ssh")));
        assertThat(caller.name()).isEqualTo("eve");
        assertThat(caller.roles()).containsExactly(Role.AUDITOR);
        assertThat(caller.leaf()).isEmpty();
    }

    @Test
    void aUserNamedLikeARoleHasNoRole() {
        assertThat(ConsoleCaller.of(subject(new UserPrincipal("admin"))).roles())
                .isEmpty();
    }

    @Test
    void rolesOfMembersCannotBeHadFromTheContainer() {
        for (String role : new String[] {"PARTICIPANT", "participant", "member", "owner", "ADMIN"}) {
            assertThat(ConsoleCaller.of(subject(new RolePrincipal(role))).roles())
                    .isEmpty();
        }
    }

    @Test
    void theSubjectOfTheThreadCounts() {
        assertThat(ConsoleCaller.current()).isEqualTo(Caller.ANONYMOUS);
        Caller caller =
                Subject.doAs(subject(new RolePrincipal("operator")), (PrivilegedAction<Caller>) ConsoleCaller::current);
        assertThat(caller.roles()).containsExactly(Role.OPERATOR);
    }
}
