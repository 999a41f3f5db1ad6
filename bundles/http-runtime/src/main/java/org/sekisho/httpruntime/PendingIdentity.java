// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.wss4j.common.cache.ReplayCache;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.token.UsernameToken;
import org.apache.wss4j.dom.validate.Validator;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.PasswordAuthenticator;
import org.sekisho.api.Role;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.CertificateAuthenticator;

/**
 * Who a message claims to be from, until everything about it was checked. What is wrong with a certificate is only said once its
 * key was seen to have signed. One thread.
 */
final class PendingIdentity {

    private final HttpServletRequest request;
    private final Supplier<Optional<CertificateAuthenticator>> certificates;
    private final Supplier<Optional<PasswordAuthenticator>> passwords;
    private final Claims claims = new Claims();
    private @Nullable Caller claimed;
    private @Nullable SekishoException refused;
    private boolean accepted;

    PendingIdentity(
            HttpServletRequest request,
            Supplier<Optional<CertificateAuthenticator>> certificates,
            Supplier<Optional<PasswordAuthenticator>> passwords) {
        this.request = request;
        this.certificates = certificates;
        this.passwords = passwords;
    }

    boolean connectionIsAnonymous() {
        return request.getAttribute(Caller.REQUEST_ATTRIBUTE) instanceof Caller caller
                && caller.roles().equals(Set.of(Role.ANONYMOUS));
    }

    /** So that nothing is served as anonymous should a step be missed. */
    void withdrawConnectionsCaller() {
        request.removeAttribute(Caller.REQUEST_ATTRIBUTE);
    }

    Claims claims() {
        return claims;
    }

    boolean accepted() {
        return accepted;
    }

    /** Throws what was wrong with the credentials, if anything was. */
    Caller caller() {
        if (refused != null) {
            throw refused;
        }
        if (claimed == null) {
            throw SoapSecurity.refused();
        }
        return claimed;
    }

    /** From here on the request is this caller's. */
    void accept(Caller caller) {
        request.setAttribute(Caller.REQUEST_ATTRIBUTE, caller);
        accepted = true;
    }

    Validator certificateValidator() {
        return (credential, data) -> {
            var chain = credential.getCertificates();
            if (chain == null || chain.length == 0) {
                throw failed();
            }
            claim(() -> certificates
                    .get()
                    .orElseThrow(() -> absent("client certificates"))
                    .authenticate(List.of(chain)));
            return credential;
        };
    }

    Validator passwordValidator() {
        return (credential, data) -> {
            UsernameToken token = credential.getUsernametoken();
            boolean complete = token != null
                    && token.getNonce() != null
                    && token.getCreated() != null
                    && token.getPassword() != null
                    && WSConstants.PASSWORD_TEXT.equals(token.getPasswordType());
            if (!complete) {
                throw failed();
            }
            char[] password = token.getPassword().toCharArray();
            try {
                claim(() -> passwords
                        .get()
                        .orElseThrow(() -> absent("passwords"))
                        .authenticate(token.getName(), password, request.getRemoteAddr(), request.isSecure()));
            } finally {
                Arrays.fill(password, '\0');
            }
            return credential;
        };
    }

    private void claim(Supplier<Caller> authentication) throws WSSecurityException {
        if (claimed != null || refused != null) {
            throw failed(); // two identities in one message
        }
        try {
            claimed = authentication.get();
        } catch (SekishoException e) {
            refused = e;
        }
    }

    private static UnavailableException absent(String what) {
        return new UnavailableException(ErrorCode.CAPABILITY_ABSENT, what + " cannot be checked just now");
    }

    private static WSSecurityException failed() {
        return new WSSecurityException(WSSecurityException.ErrorCode.FAILED_AUTHENTICATION);
    }

    /** Nonces and signatures of this message: remembered only when it is accepted, so that nobody else fills the memory. */
    static final class Claims implements ReplayCache {

        private final Set<String> all = new LinkedHashSet<>();

        Set<String> all() {
            return all;
        }

        @Override
        public void add(String identifier) {
            all.add(identifier);
        }

        @Override
        public void add(String identifier, Instant expiry) {
            all.add(identifier);
        }

        @Override
        public boolean contains(String identifier) {
            return all.contains(identifier);
        }

        @Override
        public void close() throws IOException {
            all.clear();
        }
    }
}
