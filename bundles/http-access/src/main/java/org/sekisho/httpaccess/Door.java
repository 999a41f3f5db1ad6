// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.PasswordAuthenticator;
import org.sekisho.api.RejectedException;
import org.sekisho.api.Role;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.directory.CertificateAuthenticator;

/**
 * Every request of the API listener passes here first: limits on address and headers, authentication, limit on the
 * caller. What passes carries {@link Caller#REQUEST_ATTRIBUTE}; what does not is answered here with a declared error.
 */
@Component(
        service = {Filter.class, PasswordAuthenticator.class},
        configurationPid = "org.sekisho.httpaccess",
        property = {
            "osgi.http.whiteboard.filter.name=sekisho-door",
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.target=(org.apache.felix.http.name=api)"
        })
@Designate(ocd = DoorConfig.class)
public final class Door implements Filter, PasswordAuthenticator {

    private final DoorConfig config;
    private final Authentication authentication;
    private final TokenBuckets addresses;
    private final TokenBuckets callers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile CertificateAuthenticator certificates;

    @Activate
    public Door(DoorConfig config) {
        this(config, new JaasLogin(config.login_realm()), System::nanoTime);
    }

    Door(DoorConfig config, PasswordLogin passwords, LongSupplier nanoTime) {
        this.config = config;
        this.authentication = new Authentication(config, () -> certificates, passwords, nanoTime);
        this.addresses = perSecond(config.requests_per_second_per_address(), config, nanoTime);
        this.callers = perSecond(config.requests_per_second_per_caller(), config, nanoTime);
    }

    private static TokenBuckets perSecond(int rate, DoorConfig config, LongSupplier nanoTime) {
        return new TokenBuckets(2.0 * rate, rate, config.remembered_keys(), false, nanoTime);
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        protect(request, response);
        try {
            request.setAttribute(Caller.REQUEST_ATTRIBUTE, admit(request));
        } catch (SekishoException e) {
            Refusal.write(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    @Override
    public Caller authenticate(String user, char[] password, String address, boolean secure) {
        return authentication.logIn(user, password, address, secure);
    }

    private static void protect(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private Caller admit(HttpServletRequest request) {
        if (!addresses.take(request.getRemoteAddr())) {
            throw new UnavailableException(ErrorCode.RATE_LIMITED, "too many requests from this address");
        }
        checkHeaders(request);
        Caller caller = authentication.authenticate(request);
        if (!caller.roles().contains(Role.ANONYMOUS)
                && !callers.take(caller.leaf().map(LeafId::toString).orElse(caller.name()))) {
            throw new UnavailableException(ErrorCode.RATE_LIMITED, "too many requests from this caller");
        }
        return caller;
    }

    private void checkHeaders(HttpServletRequest request) {
        int count = 0;
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                if (++count > config.max_headers() || value.length() > config.max_header_characters()) {
                    throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "request headers are too many or too long");
                }
            }
        }
        // a page of another site must not use what this browser is logged in to
        if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "requests from pages of other sites are not served");
        }
    }
}
