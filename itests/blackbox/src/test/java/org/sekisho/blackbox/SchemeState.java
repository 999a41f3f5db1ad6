// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.sekisho.api.Octets;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.TlsContexts;

/** What the gateway's side of a group's scheme shows: GET /groups/{id}/scheme, asked as its administrator. */
final class SchemeState {

    private final HttpClient http;
    private final HttpRequest request;

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
        this.request = HttpRequest.newBuilder(URI.create(gateway.api() + "/groups/" + group + "/scheme"))
                .header("Authorization", "Basic " + basic)
                .timeout(Duration.ofSeconds(5))
                .build();
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

    String phase() throws InterruptedException {
        return shown().getOrDefault("phase", "AWAY");
    }
}
