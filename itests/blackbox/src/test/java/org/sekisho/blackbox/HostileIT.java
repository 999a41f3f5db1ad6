// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Operation;
import org.sekisho.api.fake.Samples;
import org.sekisho.rest.RestRoutes;
import org.sekisho.soap.SoapRoutes;

/**
 * P7 and P8 on the real container: malformed HTTP, hostile XML and JSON and random changes of genuine requests, by REST, SOAP
 * and the event stream, before and after authentication. Each gets a declared error within a bounded time, or the connection is
 * closed; nothing answers with an internal error, nothing stays in the database, and afterwards the gateway works as before.
 */
class HostileIT {

    private static final int FUZZ = Integer.getInteger("sekisho.fuzz", 3_000);
    private static final long SEED = Long.getLong("sekisho.seed", 20261121L);
    private static final long PATIENCE_MILLIS = 20_000;
    private static final Set<String> CODES =
            Stream.of(ErrorCode.values()).map(Enum::name).collect(Collectors.toSet());

    private static Company company;
    private final List<String> wrong = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        company = new Company();
    }

    @AfterAll
    static void shut() throws Exception {
        company.close();
    }

    private static String real(String text) {
        return text.replace(Samples.GROUP.toString(), company.town.group.id().toString())
                .replace(Samples.LEAF.toString(), company.stranger.leaf().toString());
    }

    private static Wire wire(String actor) {
        return company.actors.get(actor).wire();
    }

    /** A refusal with a code of ours other than INTERNAL; SOAP says so with status 500. */
    private void judge(String what, HttpResponse<String> answer, long beginNanos) {
        long millis = (System.nanoTime() - beginNanos) / 1_000_000;
        String code = Wire.code(answer).orElse("");
        boolean declared = CODES.contains(code) && !code.equals("INTERNAL");
        boolean fault =
                answer.uri().getPath().startsWith("/soap") && answer.body().contains("Fault");
        boolean ok = answer.statusCode() < 400
                || answer.statusCode() < 500
                || declared && (fault || answer.statusCode() == 503 || answer.statusCode() == 507)
                || fault && answer.body().contains("Client");
        boolean internals = answer.body().contains("Exception") || answer.body().contains("\tat ");
        if (!ok || internals || millis > PATIENCE_MILLIS) {
            wrong.add(what + ": " + millis + " ms, " + answer.statusCode() + " "
                    + answer.body().substring(0, Math.min(400, answer.body().length())));
        }
    }

    private interface Exchange {
        HttpResponse<String> go() throws Exception;
    }

    private void send(String what, Exchange exchange) throws Exception {
        long begin = System.nanoTime();
        try {
            judge(what, exchange.go(), begin);
        } catch (IOException e) {
            // closing the connection is an answer too, to octets that are no request; not to keep somebody waiting
            if ((System.nanoTime() - begin) / 1_000_000 > PATIENCE_MILLIS) {
                wrong.add(what + ": " + e);
            }
        }
    }

    private void leavesNoTrace(Exchange work) throws Exception {
        var before = GatewayRows.settled(company.town.gateway);
        work.go();
        assertThat(wrong).as("seed %d", SEED).isEmpty();
        assertThat(GatewayRows.digest(company.town.gateway)).isEqualTo(before);
        assertThat(wire("nobody").rest("GET", "/directory/crl", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void malformedHttp() throws Exception {
        leavesNoTrace(() -> {
            String host = "Host: 127.0.0.1\r\n";
            String path = "/api/v1/groups";
            List<String> requests = List.of(
                    "\r\n\r\n\r\n\r\n",
                    "GET\r\n\r\n",
                    "GET " + path + "\r\n\r\n",
                    "GET " + path + " HTTP/9.9\r\n" + host + "\r\n",
                    "GET " + path + " HTTP/1.1\r\n\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + host + "\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n",
                    "POST " + path + " HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n",
                    "POST " + path + " HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                    "POST " + path + " HTTP/1.1\r\n" + host
                            + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "POST " + path + " HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                    "POST " + path + " HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                    "GET " + path + "/%00%ff%2e%2e/ HTTP/1.1\r\n" + host + "\r\n",
                    "GET /api/v1/../../etc/passwd HTTP/1.1\r\n" + host + "\r\n",
                    "GET /api/v1/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + host + "\r\n",
                    "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "X: " + "a".repeat(20_000) + "\r\n\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "X: y\r\n".repeat(1_500) + "\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + " folded: header\r\n\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "Bad Name: x\r\n\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "X: a\0b\r\n\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "Authorization: Basic " + "=".repeat(40) + "\r\n\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "Authorization: Bearer x\r\n\r\n",
                    "TRACE " + path + " HTTP/1.1\r\n" + host + "\r\n",
                    "CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + host + "\r\n",
                    "OPTIONS * HTTP/1.1\r\n" + host + "\r\n",
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                    "GET " + path + " HTTP/1.1\r\n" + host + "Expect: 100-something\r\n\r\n");
            Random random = new Random(SEED);
            for (String request : requests) {
                raw(request.getBytes(StandardCharsets.ISO_8859_1));
            }
            byte[] genuine = ("GET " + path + " HTTP/1.1\r\n" + host + "Accept: */*\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 150; i++) {
                raw(mutated(genuine, random));
            }
            return null;
        });
    }

    /** Sends octets over TLS and looks at the status line of what comes, if something comes. */
    private void raw(byte[] octets) throws Exception {
        SSLContext tls = Wire.context(company.town.gateway, java.util.Optional.empty());
        String what = new String(octets, 0, Math.min(60, octets.length), StandardCharsets.ISO_8859_1);
        long begin = System.nanoTime();
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory()
                .createSocket("127.0.0.1", company.town.gateway.ports().api())) {
            socket.setSoTimeout((int) PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(octets);
            out.flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            String status = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
            // what Jetty does not implement is 501 or 505: declared by HTTP itself, before any of our code
            boolean declared = status.isEmpty()
                    || status.matches("HTTP/1\\.[01] [1-4]\\d\\d")
                    || status.endsWith("501")
                    || status.endsWith("505");
            if (!declared) {
                wrong.add(what + ": " + status);
            }
        } catch (java.net.SocketTimeoutException e) {
            wrong.add(what + ": no answer");
        } catch (IOException closed) {
            if ((System.nanoTime() - begin) / 1_000_000 > PATIENCE_MILLIS) {
                wrong.add(what + ": " + closed);
            }
        }
    }

    @Test
    void hostileJson() throws Exception {
        List<String> bodies = List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(50_000),
                "[".repeat(33) + "]".repeat(33),
                "{\"genesis\":\"" + "A".repeat(1_200_000) + "\"}",
                "{\"genesis\":" + "9".repeat(100_000) + "}",
                "{\"genesis\":1e999999999}",
                "{\"genesis\":\"AA\",\"genesis\":\"AB\"}",
                "{\"genesis\":\"AA\",\"unknown\":1}",
                "{\"genesis\":null}",
                "{\"genesis\":{\"@class\":\"java.net.URL\"}}",
                "\u0000",
                "nul",
                "",
                "\"" + "\\u0000".repeat(10_000) + "\"",
                "{\"" + "k".repeat(500_000) + "\":1}");
        leavesNoTrace(() -> {
            for (String body : bodies) {
                for (RestRoutes.Request route : RestRoutes.all()) {
                    if (!route.body().isEmpty()) {
                        for (String actor : List.of("nobody", "member", "admin")) {
                            send(actor + " " + route.path(), () -> wire(actor)
                                    .rest(route.method(), real(route.path()), body.isEmpty() ? " " : body));
                        }
                    }
                }
            }
            return null;
        });
    }

    @Test
    void hostileXml() throws Exception {
        String open = "<s:Envelope xmlns:s=\"" + Wire.SOAP11 + "\"><s:Body>";
        String close = "</s:Body></s:Envelope>";
        String call = "<groups xmlns=\"urn:sekisho:groups:v1\"><limit>5</limit></groups>";
        StringBuilder laughs = new StringBuilder("<!DOCTYPE l [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        laughs.append("]>");
        List<String> documents = List.of(
                laughs + open + "&a29;" + close,
                "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>" + open + "<a>&f;</a>" + close,
                "<!DOCTYPE x [<!ENTITY % f SYSTEM \"http://127.0.0.1:1/x.dtd\">%f;]>" + open + call + close,
                "<!DOCTYPE x PUBLIC \"-//X\" \"file:///dev/random\">" + open + call + close,
                open + "<a>".repeat(50_000) + close,
                open + "<a/>".repeat(100_000) + close,
                open + "<a b='" + "x".repeat(900_000) + "'/>" + close,
                open + "<a>" + "x".repeat(1_200_000) + "</a>" + close,
                open + "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>" + close,
                open + "<groups xmlns=\"urn:sekisho:groups:v1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:type=\"java:java.net.URL\"/>" + close,
                open + call + call + close,
                open + close,
                open + "<groups xmlns=\"urn:sekisho:groups:v1\"><limit>99999999999999999999</limit></groups>" + close,
                "<?xml version=\"1.0\" encoding=\"UTF-32\"?>" + open + call + close,
                "<?xml version=\"9.9\"?>" + open + call + close,
                "<s:Envelope xmlns:s=\"" + Wire.SOAP11 + "\"><s:Header>" + "<h/>".repeat(40_000)
                        + "</s:Header><s:Body/></s:Envelope>",
                "",
                "\u0001\u0002");
        leavesNoTrace(() -> {
            for (String service : List.of("groups", "directory", "audit", "group-management")) {
                for (String document : documents) {
                    for (String actor : List.of("nobody", "member")) {
                        send(actor + " " + service, () -> {
                            HttpResponse<String> answer = wire(actor).xml("/soap/v1/" + service, "text/xml", document);
                            assertThat(answer.body()).doesNotContain("root:", "hahaha");
                            return answer;
                        });
                    }
                }
            }
            return null;
        });
    }

    /** Genuine requests with octets changed, cut out, doubled, by callers whom the table denies them, and by nobody. */
    @Test
    void changedRequests() throws Exception {
        Random random = new Random(SEED);
        // a wrong token is noted in the audit trail, as it should be
        List<RestRoutes.Request> rest = RestRoutes.all().stream()
                .filter(r -> r.operation() != Operation.DIRECTORY_ENROL)
                .toList();
        List<SoapRoutes.Message> soap = SoapRoutes.all().stream()
                .filter(m -> m.operation() != Operation.DIRECTORY_ENROL)
                .toList();
        leavesNoTrace(() -> {
            for (int i = 0; i < FUZZ && wrong.size() < 20; i++) {
                if (i % 2 == 0) {
                    RestRoutes.Request route = rest.get(random.nextInt(rest.size()));
                    String path = random.nextInt(3) == 0 ? path(real(route.path()), random) : real(route.path());
                    String body = text(mutated(real(route.body()).getBytes(StandardCharsets.UTF_8), random));
                    send("rest " + i + " " + path, () -> wire("nobody")
                            .rest(route.method(), path, route.body().isEmpty() ? "" : body));
                } else {
                    SoapRoutes.Message message = soap.get(random.nextInt(soap.size()));
                    String document = text(mutated(
                            ("<s:Envelope xmlns:s=\"" + Wire.SOAP11 + "\"><s:Body><" + message.name()
                                            + " xmlns=\"urn:sekisho:" + message.service() + ":v1\">"
                                            + real(message.parts()) + "</" + message.name()
                                            + "></s:Body></s:Envelope>")
                                    .getBytes(StandardCharsets.UTF_8),
                            random));
                    send("soap " + i + " " + message.name(), () -> wire("nobody")
                            .xml("/soap/v1/" + message.service(), "text/xml", document));
                }
            }
            return null;
        });
    }

    @Test
    void hostileEventStreams() throws Exception {
        String group = "/groups/" + company.town.group.id() + "/events";
        leavesNoTrace(() -> {
            for (String path : List.of(
                    group + "?after=-1",
                    group + "?after=99999999999999999999999",
                    group + "?after=x",
                    "/groups/zz/events",
                    "/groups/" + "f".repeat(5_000) + "/events",
                    "/mailbox/events?after=%00")) {
                for (String actor : List.of("nobody", "stranger", "admin")) {
                    send(actor + " " + path, () -> wire(actor)
                            .send(wire(actor)
                                    .to("/api/v1" + path)
                                    .header("Accept", "text/event-stream")
                                    .header("Last-Event-ID", "\u00ff".repeat(100))));
                }
            }
            return null;
        });
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** Only characters that a URI may have, so that the client sends them. */
    private static String path(String path, Random random) {
        String letters = "abcxyz0189-._~%2F%00%C3%28/;=&?";
        StringBuilder changed = new StringBuilder(path);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = 1 + random.nextInt(changed.length() - 1);
            char c = letters.charAt(random.nextInt(letters.length()));
            changed.replace(at, at + 1, c == '%' ? "%ff" : String.valueOf(c));
        }
        return changed.toString().replaceAll("%(?![0-9a-fA-F]{2})", "%25");
    }

    private static byte[] mutated(byte[] genuine, Random random) {
        byte[] octets = genuine.clone();
        for (int i = 0; i <= random.nextInt(4) && octets.length > 2; i++) {
            int at = random.nextInt(octets.length);
            switch (random.nextInt(4)) {
                case 0 -> octets[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> octets[at] = (byte) random.nextInt(256);
                case 2 -> octets = java.util.Arrays.copyOf(octets, at);
                default -> {
                    byte[] longer = java.util.Arrays.copyOf(octets, octets.length + octets.length - at);
                    System.arraycopy(octets, at, longer, octets.length, octets.length - at);
                    octets = longer;
                }
            }
        }
        return octets;
    }
}
