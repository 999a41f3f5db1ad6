// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.Pkcs12;
import org.sekisho.crypto.identity.TlsContexts;

/**
 * Stands between one participant's SDK and the gateway, with the gateway's own key to the one and the participant's to the other,
 * and writes down every request that changes something. What an attacker would need both ends' keys for.
 */
final class Recorder implements AutoCloseable {

    /** A request as the participant sent it. */
    record Request(int person, String method, String path, Optional<String> key, String body) {}

    private final int person;
    private final URI gateway;
    private final HttpClient client;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    Recorder(GatewayProcess gateway, int person, Credential own) throws IOException {
        this.person = person;
        this.gateway = gateway.root();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Wire.context(gateway, Optional.of(own)))
                .build();
        Path keys = gateway.home().resolve("etc/keys");
        char[] password = Files.readString(keys.resolve("tls.password")).strip().toCharArray();
        Credential shown = Pkcs12.load(keys.resolve("tls.p12"), password);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(TlsContexts.of(
                Optional.of(shown),
                Certificates.parseAll(org.sekisho.api.Octets.of(Files.readAllBytes(gateway.authority()))),
                new SystemEntropy())));
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    URI root() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().toString();
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                    .timeout(Duration.ofSeconds(90))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            for (String name : List.of("Content-Type", "Accept", "Idempotency-Key")) {
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                        .ifPresent(value -> request.header(name, value));
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                requests.add(new Request(
                        person,
                        exchange.getRequestMethod(),
                        path,
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                        new String(body, java.nio.charset.StandardCharsets.UTF_8)));
            }
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (name.equalsIgnoreCase("content-type") || name.equalsIgnoreCase("retry-after")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
