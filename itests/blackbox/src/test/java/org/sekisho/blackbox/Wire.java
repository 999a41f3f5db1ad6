// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.sekisho.api.Octets;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.Pkcs12;
import org.sekisho.crypto.identity.TlsContexts;

/** Requests to the real gateway as somebody: the holder of a certificate, a user with a password, or nobody. */
final class Wire {

    static final String SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SOAP12 = "http://www.w3.org/2003/05/soap-envelope";
    private static final Pattern CODE = Pattern.compile("(?:\"code\":\"|code>)([A-Z_]+)");

    private final URI root;
    private final HttpClient http;
    private final Optional<String> authorization;

    private Wire(GatewayProcess gateway, Optional<Credential> own, Optional<String> authorization) throws IOException {
        this.root = gateway.root();
        this.authorization = authorization;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context(gateway, own))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    static SSLContext context(GatewayProcess gateway, Optional<Credential> own) throws IOException {
        return TlsContexts.of(
                own, Certificates.parseAll(Octets.of(Files.readAllBytes(gateway.authority()))), new SystemEntropy());
    }

    static Wire nobody(GatewayProcess gateway) throws IOException {
        return new Wire(gateway, Optional.empty(), Optional.empty());
    }

    static Wire user(GatewayProcess gateway, String name, String password) throws IOException {
        byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Wire(
                gateway,
                Optional.empty(),
                Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    static Wire person(GatewayProcess gateway, Person person) throws IOException {
        return holder(gateway, credential(person));
    }

    static Wire holder(GatewayProcess gateway, Credential credential) throws IOException {
        return new Wire(gateway, Optional.of(credential), Optional.empty());
    }

    static Credential credential(Person person) throws IOException {
        return Pkcs12.load(person.directory().resolve("identity.p12"), person.password());
    }

    /** The code of our catalogue in an answer; empty when it has none. */
    static Optional<String> code(HttpResponse<?> answer) {
        Matcher found = CODE.matcher(String.valueOf(answer.body()));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    HttpRequest.Builder to(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(60));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A request below {@code /api/v1}. */
    HttpResponse<String> rest(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = to("/api/v1" + path);
        if (body.isEmpty()) {
            return send(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        return send(request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A message in an envelope of the given version. */
    HttpResponse<String> soap(String version, String service, String name, String parts)
            throws IOException, InterruptedException {
        boolean old = version.equals(SOAP11);
        return xml(
                "/soap/v1/" + service + (old ? "" : "12"),
                old ? "text/xml" : "application/soap+xml",
                "<s:Envelope xmlns:s=\"" + version + "\"><s:Body><" + name + " xmlns=\"urn:sekisho:" + service
                        + ":v1\">" + parts + "</" + name + "></s:Body></s:Envelope>");
    }

    HttpResponse<String> xml(String path, String type, String document) throws IOException, InterruptedException {
        return send(to(path).header("Content-Type", type + ";charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(document)));
    }
}
