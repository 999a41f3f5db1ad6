// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Role;
import org.sekisho.api.SekishoException;
import org.sekisho.api.fake.Samples;

/** What is malformed, too large or unexpected gets a fault of the catalogue and never reaches a service (P8). */
class HostileMessagesTest {

    private static final String G = "<group>" + Samples.GROUP + "</group>";

    private static SoapServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new SoapServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void heal() {
        server.gateway.failure = Optional.empty();
    }

    private static String whole(String parts) {
        return SoapServer.envelope(SoapServer.SOAP11, "groups", "submit", parts);
    }

    static Stream<Arguments> malformed() {
        String bomb = "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\">"
                + Stream.iterate(new String[] {"a", "b"}, p -> new String[] {p[1], p[1] + "x"})
                        .limit(8)
                        .map(p -> "<!ENTITY " + p[1] + " \"" + ("&" + p[0] + ";").repeat(10) + "\">")
                        .reduce("", String::concat)
                + "]>";
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("not XML", "{\"envelope\":1}"),
                Arguments.of("cut off", whole(G).substring(0, 120)),
                Arguments.of("no envelope", "<a/>"),
                Arguments.of("no body", "<s:Envelope xmlns:s=\"" + SoapServer.SOAP11 + "\"/>"),
                Arguments.of("unknown operation", SoapServer.envelope(SoapServer.SOAP11, "groups", "destroy", "")),
                Arguments.of("another service", SoapServer.envelope(SoapServer.SOAP11, "audit", "verify", "")),
                Arguments.of("missing part", whole(G)),
                Arguments.of("unknown part", whole(G + "<envelope>AA</envelope><more/>")),
                Arguments.of("not an id", whole("<group>zz</group><envelope>AA</envelope>")),
                Arguments.of("not base64url", whole(G + "<envelope>$$</envelope>")),
                Arguments.of("element in text", whole(G + "<envelope><a/></envelope>")),
                Arguments.of("entity bomb", bomb + whole(G + "<envelope>&bxxxxxxx;</envelope>")),
                Arguments.of("empty DTD", "<!DOCTYPE s>" + whole(G + "<envelope>AA</envelope>")),
                Arguments.of("deep", whole("<a>".repeat(5_000) + "</a>".repeat(5_000))),
                Arguments.of("many elements", whole("<a/>".repeat(100_000))),
                Arguments.of("many attributes", whole("<group " + attributes(1_000) + ">x</group>")),
                Arguments.of("long attribute", whole("<group a=\"" + "x".repeat(100_000) + "\">x</group>")));
    }

    private static String attributes(int n) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < n; i++) {
            text.append("a").append(i).append("=\"\" ");
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedMessages(String name, String body) throws Exception {
        int before = server.gateway.calls.size();
        long begun = System.nanoTime();
        HttpResponse<String> answer = server.raw("/groups", "text/xml", body, Role.MEMBER);
        assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
        SoapServer.assertFault(answer, "Client", "MALFORMED");
        assertThat(answer.body()).doesNotContain("Exception", "org.apache", "woodstox", "org.sekisho", "$$");
        assertThat(server.gateway.calls).hasSize(before);
    }

    /** Else a caller could fill the disk with stack traces. What is our fault is logged. */
    @Test
    void whatACallerSendsWrongLeavesNoTraceInTheLog() throws Exception {
        PrintStream before = System.err;
        var logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, UTF_8));
        try {
            for (Arguments each : malformed().toList()) {
                server.raw("/groups", "text/xml", (String) each.get()[1], Role.MEMBER);
            }
            server.gateway.failure = Optional.of(SekishoException.of(ErrorCode.NOT_A_MEMBER, "a reason"));
            server.call11("groups", "group", G, Role.MEMBER);
            assertThat(logged.toString(UTF_8)).isEmpty();
            server.gateway.failure = Optional.of(new IllegalStateException("a bug"));
            server.call11("groups", "group", G, Role.MEMBER);
            assertThat(logged.toString(UTF_8)).contains("a bug");
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void onlyWhereEnvelopesAreExpectedMayMessagesBeLong() throws Exception {
        String part = "A".repeat(1_200_000);
        HttpResponse<String> refused = server.call11("directory", "revoke", "<leaf>" + part + "</leaf>", Role.ADMIN);
        assertThat(refused.statusCode()).isEqualTo(413);
        HttpResponse<String> taken =
                server.call11("groups", "submit", G + "<envelope>" + part + "</envelope>", Role.MEMBER);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    }

    @Test
    void noFileIsReadForAnEntity(@TempDir java.nio.file.Path folder) throws Exception {
        java.nio.file.Path secret = java.nio.file.Files.writeString(folder.resolve("secret"), "AAEC");
        for (String entity : new String[] {
            "<!ENTITY e SYSTEM \"" + secret.toUri() + "\">", "<!ENTITY % e SYSTEM \"" + secret.toUri() + "\">%e;"
        }) {
            int before = server.gateway.calls.size();
            HttpResponse<String> answer = server.raw(
                    "/groups",
                    "text/xml",
                    "<!DOCTYPE s [" + entity + "]>" + whole(G + "<envelope>&e;</envelope>"),
                    Role.MEMBER);
            SoapServer.assertFault(answer, "Client", "MALFORMED");
            assertThat(answer.body()).doesNotContain("AAEC", "secret");
            assertThat(server.gateway.calls).hasSize(before);
        }
    }

    /** Also those who are still sending when they are refused get their answer, announced length or not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oversizedMessages(boolean announced) throws Exception {
        String parts = G + "<envelope>" + "A".repeat(7 * 1024 * 1024) + "</envelope>";
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> answer = server.send("/groups", "text/xml", whole(parts), announced, Role.MEMBER);
            if (announced) {
                assertThat(answer.statusCode()).isEqualTo(413);
            } else {
                SoapServer.assertFault(answer, "Client", "LIMIT_EXCEEDED");
            }
        }
    }

    @Test
    void anEnvelopeOfManySlicesPasses() throws Exception {
        String parts = G + "<envelope>" + "A".repeat(4 * 1024 * 1024) + "</envelope>";
        assertThat(server.raw("/groups", "text/xml", whole(parts), Role.MEMBER).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource
    void everyDeclaredErrorKeepsItsCode(ErrorCode code) throws Exception {
        server.gateway.failure = Optional.of(SekishoException.of(code, "a reason"));
        boolean ours = code.category() == ErrorCode.Category.UNAVAILABLE
                || code.category() == ErrorCode.Category.INDETERMINATE;
        HttpResponse<String> soap11 = server.call11("groups", "group", G, Role.MEMBER);
        SoapServer.assertFault(soap11, ours ? "Server" : "Client", code.name());
        assertThat(soap11.body()).contains("a reason");
        HttpResponse<String> soap12 = server.call12("groups", "group", G, Role.MEMBER);
        SoapServer.assertFault(soap12, ours ? "Receiver" : "Sender", code.name());
        assertThat(soap12.body().contains("retryAfter")).isEqualTo(code.category() == ErrorCode.Category.UNAVAILABLE);
    }

    static Stream<ErrorCode> everyDeclaredErrorKeepsItsCode() {
        return Stream.of(ErrorCode.values());
    }

    @Test
    void aBugShowsNothingOfTheInside() throws Exception {
        server.gateway.failure = Optional.of(new IllegalStateException("password is hunter2"));
        HttpResponse<String> answer = server.call11("groups", "group", G, Role.MEMBER);
        SoapServer.assertFault(answer, "Server", "INTERNAL");
        assertThat(answer.body()).doesNotContain("hunter2", "IllegalState");
    }

    @Test
    void anAbsentCapabilityIsAnHonestFault() throws Exception {
        server.directory11.directory = null;
        try {
            HttpResponse<String> answer = server.call11("directory", "revocationList", "", Role.ANONYMOUS);
            SoapServer.assertFault(answer, "Server", "CAPABILITY_ABSENT");
            assertThat(answer.body()).containsPattern("retryAfter>2</");
        } finally {
            server.directory11.directory = server.gateway;
        }
    }
}
