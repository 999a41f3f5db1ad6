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
        if (passwordNeedsTls && !request.isSecure()) {
            throw new DeniedException(ErrorCode.UNAUTHENTICATED, "a password needs a TLS connection");
        }
        BasicCredentials credentials = BasicCredentials.parse(header)
                .orElseThrow(() -> new DeniedException(ErrorCode.UNAUTHENTICATED, "only HTTP Basic is understood"));
        String address = request.getRemoteAddr();
        if (!byAddress.take(address) || !byUser.take(credentials.user())) {
            throw new UnavailableException(ErrorCode.RATE_LIMITED, "too many failed log-ins", wait);
        }
        Optional<Caller> caller = passwords.login(credentials.user(), credentials.password());
        if (caller.isEmpty()) {
            LOG.info("failed log-in from {}", address);
            throw new DeniedException(ErrorCode.UNAUTHENTICATED, WRONG);
        }
        byAddress.giveBack(address);
        byUser.giveBack(credentials.user());
        return caller.get();
    }
}
