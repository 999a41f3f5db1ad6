// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.TlsContexts;

/** A group and the gateway's side of its scheme, as the gateway shows them to its administrator. */
final class SchemeState {

    private final HttpClient http;
    private final HttpRequest request;
    private final HttpRequest view;
    private final HttpRequest refresh;

    SchemeState(GatewayProcess gateway, GroupId group) throws IOException {
        this.http = HttpClient.newBuilder()
                .sslContext(TlsContexts.of(
                        Optional.empty(),
                        Certificates.parseAll(Octets.of(Files.readAllBytes(gateway.authority()))),
                        new SystemEntropy()))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        String basic = Base64.getEncoder()
                .encodeToString(("admin:" + new String(gateway.adminSecret())).getBytes(StandardCharsets.UTF_8));
        String address = gateway.api() + "/groups/" + group;
        this.request = to(address + "/scheme", basic).build();
        this.view = to(address, basic).build();
        this.refresh = to(address + "/scheme/requests", basic)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"refresh\",\"args\":\"\"}"))
                .build();
    }

    private static HttpRequest.Builder to(String address, String basic) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Basic " + basic)
                .timeout(Duration.ofSeconds(5));
    }

    /** Asks for a distribution among all, as an operator. */
    void refresh() throws IOException, InterruptedException {
        int status = http.send(refresh, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200 && status != 202) {
            throw new IOException("refresh: " + status);
        }
    }

    /** The group; missing while the gateway does not answer. */
    JsonNode view() throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(view, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? new ObjectMapper().readTree(response.body())
                    : MissingNode.getInstance();
        } catch (IOException away) {
            return MissingNode.getInstance();
        }
    }

    /** Empty while the gateway does not answer. */
    Map<String, String> shown() throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? new ObjectMapper().readValue(response.body(), new TypeReference<Map<String, String>>() {})
                    : Map.of();
        } catch (IOException away) {
            return Map.of();
        }
    }

    /**
     * Whether the server side is in this phase and waits for that leaf only.
     *
     * @param instance empty, or {@code next.} for the scheme that is being switched to
     */
    boolean waits(String instance, String phase, LeafId only) {
        try {
            Map<String, String> shown = shown();
            return phase.equals(shown.get(instance + "phase"))
                    && only.toString().equals(shown.get(instance + "awaited"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
