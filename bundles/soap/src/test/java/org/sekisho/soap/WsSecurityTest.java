// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Operation;
import org.sekisho.api.Role;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.fake.Samples;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.w3c.dom.Document;

/** Security headers before the real runtime: who proves an identity is served as it, everybody else not at all. */
class WsSecurityTest {

    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String PROFILE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#";
    private static final String NONCE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    private static final Caller ADMIN = Caller.user("admin", Set.of(Role.ADMIN));
    private static final Caller ALICE = Caller.participant("CN=alice", Samples.LEAF);

    private static final SystemEntropy ENTROPY = new SystemEntropy();
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("Authority", KeyAlgorithm.P256, Instant.now(), Duration.ofDays(9), ENTROPY);

    private static SoapServer server;
    private static KeyPair keys;
    private static X509Certificate alice;
    private static X509Certificate stranger;
    private static final List<String> tried = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        WSSConfig.init();
        server = new SoapServer();
        keys = KeyAlgorithm.P256.generate(ENTROPY);
        alice = certificate("CN=alice");
        stranger = certificate("CN=stranger");
        server.runtime.authenticate(
                chain -> {
                    if (chain.get(0).equals(alice)) {
                        return ALICE;
                    }
                    throw new DeniedException(ErrorCode.REVOKED, "revoked");
                },
                (user, password, address, secure) -> {
                    tried.add(user + " " + address + " " + secure);
                    if (user.equals("busy")) {
                        throw new UnavailableException(ErrorCode.RATE_LIMITED, "too many", Duration.ofSeconds(9));
                    }
                    if (user.equals("admin") && new String(password).equals("right")) {
                        return ADMIN;
                    }
                    throw new DeniedException(ErrorCode.UNAUTHENTICATED, "user name or password is wrong");
                });
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.gateway.calls.clear();
        tried.clear();
    }

    private static X509Certificate certificate(String name) {
        return AUTHORITY.issueClient(
                keys.getPublic(), new X500Principal(name), List.of(), Instant.now(), Duration.ofDays(1));
    }

    private static String request() {
        return SoapServer.envelope(SoapServer.SOAP11, "directory", "participant", "<leaf>" + Samples.LEAF + "</leaf>");
    }

    private static HttpResponse<String> post(String message) throws Exception {
        return server.raw("/directory", "text/xml", message, Role.ANONYMOUS);
    }

    private static String withHeader(String security) {
        return request()
                .replace(
                        "<s:Body>",
                        "<s:Header><wsse:Security s:mustUnderstand=\"1\" xmlns:wsse=\"" + WSSE + "\" xmlns:wsu=\"" + WSU
                                + "\">" + security + "</wsse:Security></s:Header><s:Body>");
    }

    private static String token(String user, String password, String type, Instant created, String nonce) {
        return withHeader("<wsse:UsernameToken><wsse:Username>" + user + "</wsse:Username><wsse:Password Type=\""
                + PROFILE
                + type + "\">" + password + "</wsse:Password>"
                + (nonce.isEmpty() ? "" : "<wsse:Nonce EncodingType=\"" + NONCE + "\">" + nonce + "</wsse:Nonce>")
                + "<wsu:Created>" + created.truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
                + "</wsu:Created></wsse:UsernameToken>");
    }

    private static String nonce() {
        return Base64.getEncoder().encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static Document document(String message) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Document document) throws Exception {
        var out = new StringWriter();
        var transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty("omit-xml-declaration", "yes");
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return out.toString();
    }

    /** A message with a timestamp and a signature over {@code parts}. */
    private static String signed(X509Certificate certificate, String... parts) throws Exception {
        return signed("http://www.w3.org/2001/04/xmlenc#sha256", certificate, parts);
    }

    private static String signed(String digest, X509Certificate certificate, String... parts) throws Exception {
        Document document = document(request());
        var header = new WSSecHeader(document);
        header.setMustUnderstand(true);
        header.insertSecurityHeader();
        var timestamp = new WSSecTimestamp(header);
        timestamp.setTimeToLive(60);
        timestamp.build();
        var signature = new WSSecSignature(header);
        signature.setUserInfo("me", "");
        signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
        signature.setDigestAlgo(digest);
        signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        for (String part : parts) {
            String namespace = part.equals("Body") ? SoapServer.SOAP11 : WSU;
            signature.getParts().add(new WSEncryptionPart(part, namespace, "Content"));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("me", keys.getPrivate(), new char[0], new Certificate[] {certificate});
        var crypto = new Merlin();
        crypto.setKeyStore(store);
        signature.build(crypto);
        return text(document);
    }

    private static void assertServed(HttpResponse<String> answer, Caller as) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(server.gateway.lastCall().operation()).isEqualTo(Operation.DIRECTORY_READ);
        assertThat(server.gateway.lastCall().caller()).isEqualTo(as);
    }

    private static void assertRefused(HttpResponse<String> answer, String code) {
        SoapServer.assertFault(answer, code.equals("RATE_LIMITED") ? "Server" : "Client", code);
        assertThat(server.gateway.calls).isEmpty();
        assertThat(answer.body()).doesNotContain("wss4j").doesNotContain("Exception");
    }

    @Test
    void aPasswordIsItsUserAndTheConnectionIsSeen() throws Exception {
        assertServed(post(token("admin", "right", "PasswordText", Instant.now(), nonce())), ADMIN);
        assertThat(tried).containsExactly("admin 127.0.0.1 false");
    }

    @Test
    void aSignatureIsItsCertificates() throws Exception {
        assertServed(post(signed(alice, "Body", "Timestamp")), ALICE);
    }

    @Test
    void withoutTheHeaderTheConnectionsCallerIsServed() throws Exception {
        HttpResponse<String> answer = server.raw("/directory", "text/xml", request(), Role.ADMIN);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void whatCameBeforeIsRefused() throws Exception {
        String token = token("admin", "right", "PasswordText", Instant.now(), nonce());
        assertThat(post(token).statusCode()).isEqualTo(200);
        String signed = signed(alice, "Body", "Timestamp");
        assertThat(post(signed).statusCode()).isEqualTo(200);
        server.gateway.calls.clear();
        assertRefused(post(token), "UNAUTHENTICATED");
        assertRefused(post(signed), "UNAUTHENTICATED");
        String nonce = nonce();
        assertThat(post(token("admin", "right", "PasswordText", Instant.now(), nonce))
                        .statusCode())
                .isEqualTo(200);
        server.gateway.calls.clear();
        assertRefused(
                post(token("admin", "right", "PasswordText", Instant.now().plusSeconds(1), nonce)), "UNAUTHENTICATED");
    }

    @Test
    void badTokensAreRefused() throws Exception {
        Instant now = Instant.now();
        assertRefused(post(token("admin", "wrong", "PasswordText", now, nonce())), "UNAUTHENTICATED");
        assertRefused(post(token("nobody", "right", "PasswordText", now, nonce())), "UNAUTHENTICATED");
        assertRefused(post(token("busy", "right", "PasswordText", now, nonce())), "RATE_LIMITED");
        tried.clear();
        assertRefused(post(token("admin", "right", "PasswordText", now, "")), "UNAUTHENTICATED");
        assertRefused(post(token("admin", "right", "PasswordText", now.minusSeconds(600), nonce())), "UNAUTHENTICATED");
        assertRefused(post(token("admin", "right", "PasswordText", now.plusSeconds(600), nonce())), "UNAUTHENTICATED");
        assertRefused(post(token("admin", "cmlnaHQ=", "PasswordDigest", now, nonce())), "UNAUTHENTICATED");
        assertThat(tried).isEmpty();
    }

    @Test
    void aRefusedTokenUsesNoNonceUp() throws Exception {
        String nonce = nonce();
        Instant now = Instant.now();
        assertRefused(post(token("admin", "wrong", "PasswordText", now, nonce)), "UNAUTHENTICATED");
        assertServed(post(token("admin", "right", "PasswordText", now, nonce)), ADMIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Body", "Timestamp"})
    void bodyAndTimestampBothNeedTheSignature(String only) throws Exception {
        assertRefused(post(signed(alice, only)), "UNAUTHENTICATED");
    }

    @Test
    void changedMessagesAndRefusedCertificatesAreRefused() throws Exception {
        String leaf = Samples.LEAF.toString();
        String other = "03" + leaf.substring(2);
        assertRefused(post(signed(alice, "Body", "Timestamp").replace(leaf, other)), "UNAUTHENTICATED");
        assertRefused(
                post(signed(alice, "Body", "Timestamp").replaceFirst("Expires>20", "Expires>21")), "UNAUTHENTICATED");
        assertRefused(post(signed(stranger, "Body", "Timestamp")), "REVOKED");
        // who did not sign does not learn that a certificate is revoked
        assertRefused(post(signed(stranger, "Body", "Timestamp").replace(leaf, other)), "UNAUTHENTICATED");
    }

    @Test
    void onlyTheSignedBodyIsEverServed() throws Exception {
        String evil = "03" + Samples.LEAF.toString().substring(2);
        for (int place = 0; place < 4; place++) {
            String message = signed(alice, "Body", "Timestamp");
            int at = message.indexOf("<s:Body");
            int end = message.indexOf("</s:Body>") + "</s:Body>".length();
            String body = message.substring(at, end);
            String other = "<s:Body><participant xmlns=\"urn:sekisho:directory:v1\"><leaf>" + evil
                    + "</leaf></participant></s:Body>";
            String kept = "<x:wrap xmlns:x=\"urn:x\">" + body + "</x:wrap>";
            String before = message.substring(0, at);
            String after = message.substring(end);
            String moved =
                    switch (place) {
                        case 0 -> before.replace("</s:Header>", kept + "</s:Header>") + other + after;
                        case 1 -> before + other + kept + after;
                        case 2 -> before + other.replace("</s:Body>", kept + "</s:Body>") + after;
                        default -> before.replace("</wsse:Security>", kept + "</wsse:Security>") + other + after;
                    };
            server.gateway.calls.clear();
            post(moved);
            assertThat(server.gateway.calls.toString()).as("place %d", place).doesNotContain(evil);
        }
    }

    @Test
    void aWeakDigestIsRefused() throws Exception {
        String message = signed("http://www.w3.org/2000/09/xmldsig#sha1", alice, "Body", "Timestamp");
        assertRefused(post(message), "UNAUTHENTICATED");
    }

    @Test
    void headersThatProveNothingOrTooMuchAreRefused() throws Exception {
        assertRefused(post(withHeader("")), "UNAUTHENTICATED");
        assertRefused(
                post(withHeader("<wsu:Timestamp><wsu:Created>" + Instant.now() + "</wsu:Created></wsu:Timestamp>")),
                "UNAUTHENTICATED");
        String both = signed(alice, "Body", "Timestamp")
                .replaceFirst(
                        "(<wsse:Security[^>]*>)",
                        "$1<wsse:UsernameToken><wsse:Username>admin</wsse:Username></wsse:UsernameToken>");
        assertRefused(post(both), "UNAUTHENTICATED");
    }

    @Test
    void aSecondIdentityBesideTheConnectionsIsRefused() throws Exception {
        String token = token("admin", "right", "PasswordText", Instant.now(), nonce());
        assertRefused(server.raw("/directory", "text/xml", token, Role.PARTICIPANT), "UNAUTHENTICATED");
        assertThat(tried).isEmpty();
    }
}
