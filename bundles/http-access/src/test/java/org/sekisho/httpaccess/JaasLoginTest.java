// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.Role;

/** Log-in by a JAAS realm, and what its principals mean. */
class JaasLoginTest {

    record RolePrincipal(String getName) implements Principal {}

    record GroupPrincipal(String getName) implements Principal {}

    record UserPrincipal(String getName) implements Principal {}

    /** Knows one user per test, with the principals the container would give. */
    public static final class Module implements LoginModule {
        private Subject subject;
        private CallbackHandler handler;

        @Override
        public void initialize(Subject s, CallbackHandler h, Map<String, ?> shared, Map<String, ?> options) {
            subject = s;
            handler = h;
        }

        @Override
        public boolean login() throws LoginException {
            NameCallback name = new NameCallback("name");
            PasswordCallback password = new PasswordCallback("password", false);
            try {
                handler.handle(new Callback[] {name, password});
            } catch (Exception e) {
                throw new LoginException(e.toString());
            }
            if (!"right".equals(new String(password.getPassword()))) {
                throw new FailedLoginException();
            }
            subject.getPrincipals().add(new UserPrincipal(name.getName()));
            subject.getPrincipals().add(new GroupPrincipal("operator"));
            subject.getPrincipals().add(new RolePrincipal("auditor"));
            subject.getPrincipals().add(new RolePrincipal("manager"));
            return true;
        }

        @Override
        public boolean commit() {
            return true;
        }

        @Override
        public boolean abort() {
            return true;
        }

        @Override
        public boolean logout() {
            subject.getPrincipals().clear();
            return true;
        }
    }

    @BeforeEach
    void configure() {
        Configuration.setConfiguration(new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return !name.equals("karaf")
                        ? null
                        : new AppConfigurationEntry[] {
                            new AppConfigurationEntry(
                                    Module.class.getName(),
                                    AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                                    Map.of())
                        };
            }
        });
    }

    @AfterEach
    void forget() {
        Configuration.setConfiguration(null);
    }

    @Test
    void rolesAndGroupsCountTheUserNameDoesNot() {
        Caller caller =
                new JaasLogin("karaf").login("admin", "right".toCharArray()).orElseThrow();
        assertThat(caller.name()).isEqualTo("admin");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.OPERATOR, Role.AUDITOR);
        assertThat(caller.leaf()).isEqualTo(Optional.empty());
    }

    @Test
    void aWrongPasswordAndAMissingRealmAreNobody() {
        assertThat(new JaasLogin("karaf").login("admin", "wrong".toCharArray())).isEmpty();
        assertThat(new JaasLogin("elsewhere").login("admin", "right".toCharArray()))
                .isEmpty();
    }

    @Test
    void thePasswordIsErased() {
        char[] password = "right".toCharArray();
        new JaasLogin("karaf").login("admin", password);
        assertThat(password).containsOnly('\0');
    }
}
