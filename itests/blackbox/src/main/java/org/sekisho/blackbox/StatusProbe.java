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
import org.sekisho.api.Octets;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.TlsContexts;

/**
 * Asks the group management service for a group's status again and again while its bundle is swapped, and measures how long it
 * is away. Anything but 200 and an honest 503 is a failure.
 */
public final class StatusProbe implements AutoCloseable {

    private final HttpClient http;
    private final HttpRequest request;
    private final Thread thread;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private volatile int answered;
    private volatile int unavailable;
    private volatile int failed;
    private volatile long longestGapNanos;
    private volatile String failure = "";

    /** Begins at once. */
    public StatusProbe(GatewayProcess gateway, String path) throws IOException {
        this.http = HttpClient.newBuilder()
                .sslContext(TlsContexts.of(
                        Optional.empty(),
                        Certificates.parseAll(Octets.of(Files.readAllBytes(gateway.authority()))),
                        new SystemEntropy()))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        String basic = Base64.getEncoder()
                .encodeToString(("admin:" + new String(gateway.adminSecret())).getBytes(StandardCharsets.UTF_8));
        this.request = HttpRequest.newBuilder(URI.create(gateway.api() + path))
                .header("Authorization", "Basic " + basic)
                .timeout(Duration.ofSeconds(10))
                .build();
        this.thread = new Thread(this::probe, "status-probe");
        thread.start();
    }

    private void probe() {
        long lastAnswer = System.nanoTime();
        boolean away = false;
        while (running.get()) {
            Optional<Integer> status = ask();
            long now = System.nanoTime();
            if (status.equals(Optional.of(200))) {
                if (away) {
                    longestGapNanos = Math.max(longestGapNanos, now - lastAnswer);
                }
                away = false;
                lastAnswer = now;
                answered++;
            } else if (status.equals(Optional.of(503))) {
                away = true;
                unavailable++;
            } else {
                failed++;
            }
        }
    }

    private Optional<Integer> ask() {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            TimeUnit.MILLISECONDS.sleep(2);
            if (response.statusCode() == 503
                    && response.headers().firstValue("Retry-After").isEmpty()) {
                failure = "503 without Retry-After";
                return Optional.empty();
            }
            if (response.statusCode() != 200 && response.statusCode() != 503) {
                failure = response.statusCode() + " " + response.body();
            }
            return Optional.of(response.statusCode());
        } catch (IOException e) {
            failure = e.toString();
            return Optional.empty();
        } catch (InterruptedException e) {
            running.set(false);
            return Optional.empty();
        }
    }

    public int answered() {
        return answered;
    }

    /** Honest 503 with Retry-After. */
    public int unavailable() {
        return unavailable;
    }

    public int failed() {
        return failed;
    }

    public String failure() {
        return failure;
    }

    /** Milliseconds from the last answer before the service went to the first after it came back; 0 if it was never away. */
    public long gapMillis() {
        return longestGapNanos / 1_000_000;
    }

    @Override
    public void close() throws InterruptedException {
        running.set(false);
        thread.join();
    }
}
