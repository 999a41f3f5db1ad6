// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.directory.GatewayView;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.client.transport.Json;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.TlsContexts;
import org.sekisho.groupmanagement.protocol.TwoRandomScheme;
import org.sekisho.groups.engine.KeyedStateSealer;
import org.sekisho.groups.engine.LivedClock;
import org.sekisho.groups.engine.SchemeRegistry;
import org.sekisho.groups.gateway.GatewayHost;
import org.sekisho.testkit.store.MemoryRowStore;

/** A gateway behind HTTPS with client certificates: the JDK's server before a real group host. In memory. */
public final class TestGateway implements AutoCloseable {

    private static final SystemEntropy ENTROPY = new SystemEntropy();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestDirectory directory = new TestDirectory();
    private final SigningKey serverKey = SigningKey.generate(ENTROPY);
    private final SSLContext tls;
    private final MemoryRowStore rows = new MemoryRowStore();
    private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong skipped = new AtomicLong();
    private final GatewayHost host;
    private final TestIndex index;
    private final TestStore store;
    private final AtomicReference<Function<String, Integer>> fault = new AtomicReference<>(path -> 0);
    private ExecutorService workers;
    private HttpsServer server;
    private int port;

    public TestGateway() {
        this(List.of());
    }

    /** @param enterprise authorities whose client certificates are accepted too */
    public TestGateway(List<X509Certificate> enterprise) {
        var keys = KeyAlgorithm.P256.generate(ENTROPY);
        X509Certificate certificate = directory.authority.issueServer(
                keys.getPublic(),
                Certificates.commonName("localhost"),
                List.of("localhost"),
                List.of(java.net.InetAddress.getLoopbackAddress()),
                java.time.Instant.now(),
                Duration.ofDays(2));
        X509Certificate root = directory.authority.certificate();
        var accepted = new ArrayList<>(enterprise);
        accepted.add(root);
        tls = TlsContexts.of(
                Optional.of(new Credential(keys.getPrivate(), List.of(certificate, root))), accepted, ENTROPY);
        GatewayIdentity identity = new GatewayIdentity() {
            @Override
            public Octets serverKey() {
                return serverKey.verifyingKey().bytes();
            }

            @Override
            public Octets sign(String label, Octets bytes) {
                return serverKey.sign(label, bytes);
            }
        };
        host = new GatewayHost(new GatewayHost.Ground(
                rows,
                new SchemeRegistry(new TwoRandomScheme(), new org.sekisho.keyderivation.protocol.KeyDerivationScheme()),
                new KeyedStateSealer(SecretBytes.take(new byte[32]), ENTROPY),
                identity,
                directory::find,
                (tx, entry) -> {},
                new LivedClock(rows, Clock.systemUTC(), () -> System.nanoTime() + skipped.get()),
                ENTROPY));
        index = new TestIndex(rows, host, host);
        host.rebuild();
        try {
            store = new TestStore(rows, host, host, java.nio.file.Files.createTempDirectory("sekisho-tokens"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pulse.scheduleAtFixedRate(host::tick, 50, 50, TimeUnit.MILLISECONDS);
        pulse.scheduleWithFixedDelay(store::round, 200, 200, TimeUnit.MILLISECONDS);
        start();
    }

    public URI uri() {
        return URI.create("https://localhost:" + port);
    }

    public EnrolmentToken token(String name) {
        return directory.invite("CN=" + name, Duration.ofHours(1));
    }

    public Path authority(Path folder) throws IOException {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(Certificates.encoded(directory.authority.certificate())
                                .toByteArray())
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve("authority.pem"), pem);
    }

    public GatewayHost host() {
        return host;
    }

    /** Makes time pass for the gateway that it was up. */
    public void liveOn(Duration time) {
        skipped.addAndGet(time.toNanos());
    }

    public Optional<Participant> participant(LeafId leaf) {
        return directory.find(leaf);
    }

    /** Makes the directory lie. */
    public void replace(Participant participant) {
        directory.replace(participant);
    }

    /** The gateway says that there is no such thing. */
    public static final int NO_SUCH_THING = -404;

    /**
     * For each path: 0 answers, -1 answers but loses the answer, {@link #NO_SUCH_THING}; anything else is a status with an empty body.
     */
    public void fault(Function<String, Integer> next) {
        fault.set(next);
    }

    /** Opens the port again, or for the first time. */
    public void start() {
        try {
            server = HttpsServer.create(new InetSocketAddress("localhost", port), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getAddress().getPort();
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        workers = Executors.newCachedThreadPool();
        server.setExecutor(workers);
        server.createContext("/api/v1", this::handle);
        server.start();
    }

    /** Closes the port; groups stay. */
    public void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    @Override
    public void close() {
        stop();
        pulse.shutdownNow();
        store.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api/v1".length());
        byte[] sent = exchange.getRequestBody().readAllBytes();
        int wrong = fault.get().apply(exchange.getRequestMethod() + " " + path);
        if (wrong > 0) {
            exchange.sendResponseHeaders(wrong, -1);
            exchange.close();
            return;
        }
        try {
            if (wrong == NO_SUCH_THING) {
                throw new NotFoundException("no such thing");
            }
            if (path.startsWith("/search-index/") || path.startsWith("/message-store/")) {
                String method = exchange.getRequestMethod();
                String[] parts = path.split("/");
                Caller own = directory.caller(chain((HttpsExchange) exchange).get(0));
                Object found = parts[1].equals("search-index")
                        ? index.answer(method, parts, own, sent, query(exchange))
                        : store.answer(method, parts, own, sent, query(exchange));
                if (wrong < 0) {
                    exchange.close();
                    return;
                }
                answer(exchange, 200, "application/json", found.equals(List.of()) ? new byte[0] : Json.write(found));
                return;
            }
            Map<String, String> body = sent.length == 0 ? Map.of() : JSON.readValue(sent, new TypeReference<>() {});
            List<X509Certificate> chain = chain((HttpsExchange) exchange);
            Caller caller = chain.isEmpty() ? Caller.ANONYMOUS : directory.caller(chain.get(0));
            if (path.startsWith("/events/")) {
                stream(exchange, caller, path.split("/"));
                return;
            }
            Object answer = route(exchange.getRequestMethod(), path.split("/"), caller, chain, body, query(exchange));
            if (wrong < 0) {
                exchange.close();
                return;
            }
            answer(exchange, 200, "application/json", Json.write(answer));
        } catch (SekishoException e) {
            answer(exchange, e.code().httpStatus(), "application/problem+json", Json.write(problem(e)));
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static List<X509Certificate> chain(HttpsExchange exchange) {
        try {
            return Arrays.stream(exchange.getSSLSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String text = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        for (String part : text.split("&")) {
            int at = part.indexOf('=');
            if (at > 0) {
                query.put(part.substring(0, at), part.substring(at + 1));
            }
        }
        return query;
    }

    private Object route(
            String method,
            String[] path,
            Caller caller,
            List<X509Certificate> chain,
            Map<String, String> body,
            Map<String, String> query)
            throws InterruptedException {
        return switch (method + " " + path[1] + (path.length > 3 ? " " + path[3] : "")) {
            case "POST directory" ->
                directory.enrol(
                        body.get("token"),
                        Octets.ofBase64(body.get("csr")),
                        serverKey.verifyingKey().bytes());
            case "POST groups" -> host.create(caller, Octets.ofBase64(body.get("genesis")));
            case "POST groups envelopes" ->
                host.submit(caller, GroupId.parse(path[2]), Octets.ofBase64(body.get("envelope")));
            case "POST groups messages" ->
                host.post(caller, GroupId.parse(path[2]), Octets.ofBase64(body.get("message")));
            case "GET groups chain" ->
                host.chain(caller, GroupId.parse(path[2]), Optional.ofNullable(query.get("cursor")));
            case "GET groups log" -> log(caller, Optional.of(GroupId.parse(path[2])), query);
            case "GET mailbox" -> log(caller, Optional.empty(), query);
            case "DELETE mailbox" -> {
                host.mailbox().acknowledge(caller, Long.parseLong(query.get("through")));
                yield Map.of();
            }
            case "POST mailboxes" ->
                host.mailbox().send(caller, LeafId.parse(path[2]), Octets.ofBase64(body.get("envelope")));
            default -> directory(method, path, chain, body);
        };
    }

    private Object directory(String method, String[] path, List<X509Certificate> chain, Map<String, String> body) {
        if (path[1].equals("directory") && path.length == 4) {
            LeafId leaf = LeafId.parse(path[3]);
            return method.equals("PUT")
                    ? directory.register(leaf, body, chain)
                    : directory.find(leaf).orElseThrow(() -> new org.sekisho.api.NotFoundException("unknown"));
        }
        if (path[1].equals("directory") && path[2].equals("gateway")) {
            return new GatewayView(
                    serverKey.verifyingKey().bytes(), Certificates.encoded(directory.authority.certificate()));
        }
        if (path[1].equals("directory") && path[2].equals("participants")) {
            return directory.all();
        }
        throw new org.sekisho.api.NotFoundException("no such path");
    }

    private Map<String, Object> log(Caller caller, Optional<GroupId> group, Map<String, String> query)
            throws InterruptedException {
        long after = Long.parseLong(query.get("after"));
        int limit = Integer.parseInt(query.get("limit"));
        Supplier<List<LogEntry>> read = () -> group.isPresent()
                ? host.read(caller, group.get(), after, limit)
                : host.mailbox().read(caller, after, limit);
        var news = new Semaphore(0);
        try (Registration ignored = watch(caller, group, news::release)) {
            List<LogEntry> entries = read.get();
            if (entries.isEmpty() && news.tryAcquire(Long.parseLong(query.get("wait")), TimeUnit.SECONDS)) {
                entries = read.get();
            }
            return Map.of("items", entries);
        }
    }

    private Registration watch(Caller caller, Optional<GroupId> group, Runnable news) {
        return group.isPresent()
                ? host.watch(caller, group.get(), news)
                : host.mailbox().watch(caller, news);
    }

    private void stream(HttpExchange exchange, Caller caller, String[] path) throws IOException, InterruptedException {
        Optional<GroupId> group = path.length > 3 ? Optional.of(GroupId.parse(path[3])) : Optional.empty();
        long after = Long.parseLong(query(exchange).get("after"));
        var news = new Semaphore(1);
        try (Registration ignored = watch(caller, group, news::release);
                OutputStream out = started(exchange)) {
            while (true) {
                if (!news.tryAcquire(1, TimeUnit.SECONDS)) {
                    out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                }
                List<LogEntry> entries;
                try {
                    entries = group.isPresent()
                            ? host.read(caller, group.get(), after, 100)
                            : host.mailbox().read(caller, after, 100);
                } catch (SekishoException e) {
                    String event = "event: error\ndata: " + new String(Json.write(problem(e)), StandardCharsets.UTF_8);
                    out.write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
                    return;
                }
                for (LogEntry entry : entries) {
                    after = entry.n();
                    String event = "id: " + entry.n() + "\nevent: entry\ndata: "
                            + new String(Json.write(entry), StandardCharsets.UTF_8) + "\n\n";
                    out.write(event.getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
            }
        }
    }

    private static Map<String, Object> problem(SekishoException e) {
        return Map.of("code", e.code().name(), "detail", String.valueOf(e.getMessage()));
    }

    private static OutputStream started(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }
}
