// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import java.security.Principal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.sekisho.api.Caller;
import org.sekisho.api.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log-in against a realm of the container. Roles come from principals that say of themselves that they are a role or a
 * group; the name of a user is never taken for a role.
 */
final class JaasLogin implements PasswordLogin {

    private static final Logger LOG = LoggerFactory.getLogger(JaasLogin.class);
    private static final Set<String> ROLE_PRINCIPALS = Set.of("RolePrincipal", "GroupPrincipal");

    private final String realm;

    JaasLogin(String realm) {
        this.realm = realm;
    }

    @Override
    public Optional<Caller> login(String user, char[] password) {
        Subject subject = new Subject();
        try {
            LoginContext context = new LoginContext(realm, subject, callbacks -> answer(callbacks, user, password));
            context.login();
            Caller caller = Caller.user(user, roles(subject));
            context.logout();
            return Optional.of(caller);
        } catch (LoginException e) {
            LOG.debug("log-in refused by realm {}", realm, e);
            return Optional.empty();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void answer(Callback[] callbacks, String user, char[] password) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
                name.setName(user);
            } else if (callback instanceof PasswordCallback secret) {
                secret.setPassword(password);
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    static Set<Role> roles(Subject subject) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Principal principal : subject.getPrincipals()) {
            if (ROLE_PRINCIPALS.contains(principal.getClass().getSimpleName())) {
                Role.administrative(principal.getName()).ifPresent(roles::add);
            }
        }
        return roles;
    }
}
