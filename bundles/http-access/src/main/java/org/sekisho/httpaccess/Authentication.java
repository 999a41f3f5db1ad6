// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.CertificateAuthenticator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who sent a request: the holder of a client certificate, an administrator with a password, or nobody in particular. A
 * certificate outranks a password. Credentials that do not hold are refused, never ignored. While certificates cannot
 * be checked, their holders are told to come back (fail closed).
 *
 * <p>A log-in attempt takes a token of its address and of its user name before the password is looked at, and a
 * successful one gives both back, so that many attempts at once are no way around the limit.
 */
final class Authentication {

    private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String WRONG = "user name or password is wrong";

    private final Supplier<@Nullable CertificateAuthenticator> certificates;
    private final PasswordLogin passwords;
    private final boolean passwordNeedsTls;
    private final Duration wait;
    private final TokenBuckets byAddress;
    private final TokenBuckets byUser;

    Authentication(
            DoorConfig config,
            Supplier<@Nullable CertificateAuthenticator> certificates,
            PasswordLogin passwords,
            LongSupplier nanoTime) {
        this.certificates = certificates;
        this.passwords = passwords;
        this.passwordNeedsTls = config.password_needs_tls();
        this.wait = Duration.ofSeconds(config.forgive_login_seconds());
        double perSecond = 1.0 / config.forgive_login_seconds();
        int keys = config.remembered_keys();
        this.byAddress = new TokenBuckets(config.failed_logins_per_address(), perSecond, keys, true, nanoTime);
        this.byUser = new TokenBuckets(config.failed_logins_per_user(), perSecond, keys, true, nanoTime);
    }

    Caller authenticate(HttpServletRequest request) {
        if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
            CertificateAuthenticator authenticator = certificates.get();
            if (authenticator == null) {
                throw new UnavailableException(
                        ErrorCode.CAPABILITY_ABSENT, "client certificates cannot be checked just now");
            }
            return authenticator.authenticate(List.of(chain));
        }
        String header = request.getHeader("Authorization");
        return header == null ? Caller.ANONYMOUS : byPassword(request, header);
    }

    private Caller byPassword(HttpServletRequest request, String header) {
        requireTls(request.isSecure());
        BasicCredentials credentials = BasicCredentials.parse(header)
                .orElseThrow(() -> new DeniedException(ErrorCode.UNAUTHENTICATED, "only HTTP Basic is understood"));
        return logIn(credentials.user(), credentials.password(), request.getRemoteAddr(), request.isSecure());
    }

    /** See {@link org.sekisho.api.PasswordAuthenticator}. */
    Caller logIn(String user, char[] password, String address, boolean secure) {
        requireTls(secure);
        if (user.isEmpty() || user.length() > BasicCredentials.MAX_USER) {
            throw new DeniedException(ErrorCode.UNAUTHENTICATED, WRONG);
        }
        takeAttempt(address, user);
        Optional<Caller> caller = passwords.login(user, password);
        if (caller.isEmpty()) {
            LOG.info("failed log-in from {}", address);
            throw new DeniedException(ErrorCode.UNAUTHENTICATED, WRONG);
        }
        byAddress.giveBack(address);
        byUser.giveBack(user);
        return caller.get();
    }

    /** A name that must wait costs an address nothing, so one guesser does not lock out its neighbours behind a proxy. */
    private void takeAttempt(String address, String user) {
        boolean taken = byAddress.take(address);
        if (taken && !byUser.take(user)) {
            byAddress.giveBack(address);
            taken = false;
        }
        if (!taken) {
            throw new UnavailableException(ErrorCode.RATE_LIMITED, "too many failed log-ins", wait);
        }
    }

    private void requireTls(boolean secure) {
        if (passwordNeedsTls && !secure) {
            throw new DeniedException(ErrorCode.UNAUTHENTICATED, "a password needs a TLS connection");
        }
    }
}
