// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.xml.soap.SOAPMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.binding.soap.interceptor.ReadHeadersInterceptor;
import org.apache.cxf.headers.Header;
import org.apache.cxf.interceptor.InterceptorChain;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.ws.security.SecurityConstants;
import org.apache.cxf.ws.security.wss4j.DefaultCryptoCoverageChecker;
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.PasswordAuthenticator;
import org.sekisho.api.Role;
import org.sekisho.api.directory.CertificateAuthenticator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * WS-Security 1.1 of requests: who signed a message, or whose password it carries, is its caller.
 *
 * <ul>
 *   <li>X.509 signature: over Body and Timestamp, both, with SHA-256 or longer (see {@link SignatureShape}), by the key of a certificate that {@link CertificateAuthenticator} accepts;
 *   <li>UsernameToken: a PasswordText with Nonce and Created, on an encrypted connection, checked by {@link
 *       PasswordAuthenticator} behind the same limits on guessing as HTTP Basic.
 * </ul>
 *
 * <p>Guarantees: fails closed. A message with a Security header is served as whom that header proves or not at all; a header with
 * neither or both, a second identity beside the connection's own, times outside five minutes, and a message that came before
 * are refused, alike. A message without the header is the connection's caller's. Answers are not signed: they are protected by
 * the connection.
 */
final class SoapSecurity extends AbstractSoapInterceptor {

    /** How far a message's time may be away. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";
    private static final QName SECURITY = new QName(WSSE, "Security");
    private static final String PENDING = SoapSecurity.class.getName() + ".pending";
    private static final String TRUST = SoapSecurity.class.getName() + ".trust";
    private static final String SECONDS = Long.toString(WINDOW.toSeconds());
    private static final String FUTURE_SECONDS = "60";

    private final Supplier<Optional<CertificateAuthenticator>> certificates;
    private final Supplier<Optional<PasswordAuthenticator>> passwords;
    private final SeenMessages seen;

    SoapSecurity(
            Supplier<Optional<CertificateAuthenticator>> certificates,
            Supplier<Optional<PasswordAuthenticator>> passwords,
            SeenMessages seen) {
        super(Phase.READ);
        addAfter(ReadHeadersInterceptor.class.getName());
        this.certificates = certificates;
        this.passwords = passwords;
        this.seen = seen;
    }

    @Override
    public Set<QName> getUnderstoodHeaders() {
        return Set.of(SECURITY);
    }

    @Override
    public void handleMessage(SoapMessage message) {
        Header header = message.getHeader(SECURITY);
        if (header == null) {
            return;
        }
        var pending = new PendingIdentity(request(message), certificates, passwords);
        message.put(PENDING, pending);
        boolean token = has(header, WSSE, "UsernameToken");
        boolean signature = has(header, DSIG, "Signature");
        boolean shaped =
                header.getObject() instanceof Element security && (token || SignatureShape.isAccepted(security));
        if (token == signature || !shaped || !pending.connectionIsAnonymous()) {
            throw refused();
        }
        pending.withdrawConnectionsCaller();
        InterceptorChain chain = message.getInterceptorChain();
        configure(message, pending);
        chain.add(token ? usernameToken() : signature());
        if (signature) {
            var coverage = new DefaultCryptoCoverageChecker();
            coverage.setSignBody(true);
            coverage.setSignTimestamp(true);
            chain.add(coverage);
        }
        chain.add(new Acceptance(pending, seen));
    }

    /** Whether the message's security header was not accepted (yet). */
    static boolean isUnproven(Message message) {
        return message != null && message.get(PENDING) instanceof PendingIdentity pending && !pending.accepted();
    }

    static DeniedException refused() {
        return new DeniedException(ErrorCode.UNAUTHENTICATED, "the security header is not accepted");
    }

    private static HttpServletRequest request(SoapMessage message) {
        if (message.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request) {
            return request;
        }
        throw refused();
    }

    private static boolean has(Header header, String namespace, String name) {
        if (header.getObject() instanceof Element security) {
            for (Node child = security.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (namespace.equals(child.getNamespaceURI()) && name.equals(child.getLocalName())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void configure(SoapMessage message, PendingIdentity pending) {
        message.put(SecurityConstants.USERNAME_TOKEN_VALIDATOR, pending.passwordValidator());
        message.put(SecurityConstants.SIGNATURE_TOKEN_VALIDATOR, pending.certificateValidator());
        message.put(SecurityConstants.ENABLE_NONCE_CACHE, "true");
        message.put(SecurityConstants.ENABLE_TIMESTAMP_CACHE, "true");
        message.put(SecurityConstants.NONCE_CACHE_INSTANCE, pending.claims());
        message.put(SecurityConstants.TIMESTAMP_CACHE_INSTANCE, pending.claims());
        message.put(TRUST, EmptyTrust.CRYPTO);
    }

    private static WSS4JInInterceptor usernameToken() {
        Map<String, Object> properties = properties(ConfigurationConstants.USERNAME_TOKEN);
        properties.put(ConfigurationConstants.PASSWORD_TYPE, "PasswordText");
        return new WSS4JInInterceptor(properties);
    }

    private static WSS4JInInterceptor signature() {
        Map<String, Object> properties =
                properties(ConfigurationConstants.TIMESTAMP + " " + ConfigurationConstants.SIGNATURE);
        properties.put(ConfigurationConstants.SIG_VER_PROP_REF_ID, TRUST);
        properties.put(ConfigurationConstants.TIMESTAMP_STRICT, "true");
        properties.put(ConfigurationConstants.TTL_TIMESTAMP, SECONDS);
        properties.put(ConfigurationConstants.TTL_FUTURE_TIMESTAMP, FUTURE_SECONDS);
        return new WSS4JInInterceptor(properties);
    }

    private static Map<String, Object> properties(String action) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConfigurationConstants.ACTION, action);
        properties.put(ConfigurationConstants.TTL_USERNAMETOKEN, SECONDS);
        properties.put(ConfigurationConstants.TTL_FUTURE_USERNAMETOKEN, FUTURE_SECONDS);
        properties.put(ConfigurationConstants.IS_BSP_COMPLIANT, "true");
        return properties;
    }

    /** The last step: everything held, so the message is its sender's, once. */
    private static final class Acceptance extends AbstractSoapInterceptor {

        private final PendingIdentity pending;
        private final SeenMessages seen;

        Acceptance(PendingIdentity pending, SeenMessages seen) {
            super(Phase.POST_PROTOCOL);
            this.pending = pending;
            this.seen = seen;
        }

        @Override
        public void handleMessage(SoapMessage message) {
            Document envelope = message.getContent(SOAPMessage.class).getSOAPPart();
            if (!SignatureShape.hasOneBody(envelope)) {
                throw refused();
            }
            Caller caller = pending.caller();
            boolean fresh = pending.claims().all().size() == 1
                    && seen.remember(pending.claims().all(), Instant.now().plus(WINDOW.multipliedBy(2)));
            if (!fresh || caller.roles().contains(Role.ANONYMOUS)) {
                throw refused();
            }
            pending.accept(caller);
        }
    }
}
