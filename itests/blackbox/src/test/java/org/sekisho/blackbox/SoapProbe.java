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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.TlsContexts;

/** As {@link StatusProbe}, by SOAP 1.1: an answer, or a fault that says that a part is away, is honest; anything else failed. */
final class SoapProbe implements AutoCloseable {

    private final HttpClient http;
    private final HttpRequest request;
    private final Thread thread;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private volatile int answered;
    private volatile int failed;
    private volatile String failure = "";

    SoapProbe(GatewayProcess gateway, GroupId group) throws IOException {
        http = HttpClient.newBuilder()
                .sslContext(TlsContexts.of(
                        Optional.empty(),
                        Certificates.parseAll(Octets.of(Files.readAllBytes(gateway.authority()))),
                        new SystemEntropy()))
                .build();
        String basic = Base64.getEncoder()
                .encodeToString(("admin:" + new String(gateway.adminSecret())).getBytes(StandardCharsets.UTF_8));
        String body = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
                + "<m:status xmlns:m=\"urn:sekisho:group-management:v1\"><m:group>" + group
                + "</m:group></m:status></soap:Body></soap:Envelope>";
        request = HttpRequest.newBuilder(URI.create(gateway.root() + "/soap/v1/group-management"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"\"")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        thread = new Thread(this::probe, "soap-probe");
        thread.start();
    }

    private void probe() {
        while (running.get()) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200 && response.body().contains("rn2Generation")) {
                    answered++;
                } else if (!response.body().contains("CAPABILITY_ABSENT")
                        && !response.body().contains("STORAGE_UNAVAILABLE")) {
                    failed++;
                    failure = response.statusCode() + " " + response.body();
                }
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (IOException e) {
                failed++;
                failure = e.toString();
            } catch (InterruptedException e) {
                running.set(false);
            }
        }
    }

    int answered() {
        return answered;
    }

    int failed() {
        return failed;
    }

    String failure() {
        return failure;
    }

    @Override
    public void close() throws InterruptedException {
        running.set(false);
        thread.join();
    }
}
