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

/** What the gateway's side of a group's scheme shows: GET /groups/{id}/scheme. */
final class SchemeState {

    private SchemeState() {}

    static Map<String, String> of(GatewayProcess gateway, GroupId group) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(TlsContexts.of(
                        Optional.empty(),
                        Certificates.parseAll(Octets.of(Files.readAllBytes(gateway.authority()))),
                        new SystemEntropy()))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        String basic = Base64.getEncoder()
                .encodeToString(("admin:" + new String(gateway.adminSecret())).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(gateway.api() + "/groups/" + group + "/scheme"))
                .header("Authorization", "Basic " + basic)
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return new ObjectMapper().readValue(response.body(), new TypeReference<Map<String, String>>() {});
    }
}
