// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Role;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.fake.Samples;

/** What is malformed, too large or unexpected gets a declared error and never reaches a service (P8). */
class HostileRequestsTest {

    private static final String GROUPS = "/groups/" + Samples.GROUP;

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void heal() {
        server.gateway.failure = Optional.empty();
    }

    static Stream<Arguments> malformed() {
        String deep = "{\"envelope\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        return Stream.of(
                Arguments.of("no body", ""),
                Arguments.of("null", "null"),
                Arguments.of("not JSON", "<envelope/>"),
                Arguments.of("cut off", "{\"envelope\":\"AA"),
                Arguments.of("not an object", "\"AAEC\""),
                Arguments.of("unknown field", "{\"envelope\":\"AAEC\",\"more\":1}"),
                Arguments.of("missing field", "{}"),
                Arguments.of("null field", "{\"envelope\":null}"),
                Arguments.of("doubled field", "{\"envelope\":\"AAEC\",\"envelope\":\"AAEC\"}"),
                Arguments.of("a number for octets", "{\"envelope\":12}"),
                Arguments.of("not base64url", "{\"envelope\":\"$$$\"}"),
                Arguments.of("trailing content", "{\"envelope\":\"AAEC\"} {}"),
                Arguments.of("deep", deep),
                Arguments.of("long name", "{\"" + "n".repeat(10_000) + "\":1}"),
                Arguments.of("long number", "{\"envelope\":" + "1".repeat(10_000) + "}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedBodies(String name, String body) throws Exception {
        int before = server.gateway.calls.size();
        HttpResponse<String> answer = server.json("POST", GROUPS + "/envelopes", body, Role.MEMBER);
        assertProblem(answer, ErrorCode.MALFORMED);
        assertThat(answer.body()).doesNotContain("org.sekisho", "jackson", "Exception", "$$$");
        assertThat(server.gateway.calls).hasSize(before);
    }

    /** Found by fuzzing: what looks like UTF-32 failed outside the JSON library's own errors. */
    @Test
    void bytesThatAreNoText() throws Exception {
        for (byte[] body : new byte[][] {
            {10, 0, 0, 0, 0, 0}, {(byte) 0xff, (byte) 0xfe, 0, 0, 1}, {'{', '"', (byte) 0xc3, '"', '}'}
        }) {
            HttpResponse<String> answer = server.send(server.request(GROUPS + "/envelopes", Role.MEMBER)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
            assertProblem(answer, ErrorCode.MALFORMED);
        }
    }

    static Stream<String> malformedAddresses() {
        return Stream.of(
                "/groups/zz",
                "/groups/" + Samples.LEAF,
                "/directory/participants/00",
                GROUPS + "/log?after=x",
                GROUPS + "/log?after=-1",
                GROUPS + "/epochs?limit=ten",
                "/audit?group=nonsense",
                "/mailbox?after=99999999999999999999",
                "/groups?cursor=" + "c".repeat(600));
    }

    @ParameterizedTest
    @MethodSource("malformedAddresses")
    void malformedParameters(String path) throws Exception {
        assertProblem(server.get(path, Role.MEMBER, Role.PARTICIPANT, Role.ADMIN), ErrorCode.MALFORMED);
    }

    @ParameterizedTest
    @MethodSource
    void beyondLimits(String path) throws Exception {
        assertProblem(server.get(path, Role.MEMBER, Role.PARTICIPANT), ErrorCode.LIMIT_EXCEEDED);
    }

    static Stream<String> beyondLimits() {
        return Stream.of(
                GROUPS + "/log?limit=501", GROUPS + "/log?limit=0", "/mailbox?wait=31", "/groups?limit=9999999999");
    }

    @Test
    void bodyLargerThanThisResourceTakes() throws Exception {
        String body = "{\"subject\":\"" + "x".repeat(1024 * 1024) + "\",\"lifetime\":\"P1D\"}";
        assertProblem(server.json("POST", "/directory/invitations", body, Role.ADMIN), ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void bodyOfUnknownLengthLargerThanThisResourceTakes() throws Exception {
        byte[] body = ("{\"subject\":\"" + "x".repeat(1024 * 1024) + "\",\"lifetime\":\"P1D\"}").getBytes();
        HttpResponse<String> answer = server.send(server.request("/directory/invitations", Role.ADMIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));
        assertProblem(answer, ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void anEnvelopeMayBeLarger() throws Exception {
        String body = "{\"envelope\":\"" + "A".repeat(4 * 1024 * 1024) + "\"}";
        assertThat(server.json("POST", GROUPS + "/envelopes", body, Role.MEMBER).statusCode())
                .isEqualTo(200);
        String tooLarge = "{\"envelope\":\"" + "A".repeat(6 * 1024 * 1024) + "\"}";
        assertProblem(server.json("POST", GROUPS + "/envelopes", tooLarge, Role.MEMBER), ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void noSuchResource() throws Exception {
        assertProblem(server.get("/nothing", Role.ADMIN), ErrorCode.NOT_FOUND);
        assertProblem(server.get(GROUPS + "/nothing", Role.ADMIN), ErrorCode.NOT_FOUND);
    }

    @Test
    void noSuchMethod() throws Exception {
        HttpResponse<String> answer =
                server.send(server.request("/schemes", Role.ADMIN).DELETE());
        assertProblem(answer, ErrorCode.METHOD_NOT_ALLOWED);
        assertThat(answer.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
    }

    @Test
    void otherMediaTypes() throws Exception {
        for (String type :
                new String[] {"text/xml", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded"}) {
            HttpResponse<String> answer = server.send(server.request(GROUPS + "/envelopes", Role.MEMBER)
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("--b--")));
            assertProblem(answer, ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    @ParameterizedTest
    @MethodSource
    void everyDeclaredErrorKeepsItsCode(ErrorCode code) throws Exception {
        server.gateway.failure = Optional.of(SekishoException.of(code, "a reason"));
        HttpResponse<String> answer = server.get(GROUPS, Role.MEMBER);
        assertProblem(answer, code);
        assertThat(answer.body()).contains("a reason");
        Eventually.holds(() -> server.refused.contains(code));
    }

    static Stream<ErrorCode> everyDeclaredErrorKeepsItsCode() {
        return Stream.of(ErrorCode.values());
    }

    @Test
    void unavailableSaysWhenToComeBack() throws Exception {
        server.gateway.failure =
                Optional.of(new UnavailableException(ErrorCode.QUEUE_FULL, "full", java.time.Duration.ofSeconds(7)));
        HttpResponse<String> answer = server.get(GROUPS, Role.MEMBER);
        assertProblem(answer, ErrorCode.QUEUE_FULL);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(Json.MAPPER.readTree(answer.body()).get("retryAfter").asInt())
                .isEqualTo(7);
    }

    @Test
    void aBugShowsNothingOfTheInside() throws Exception {
        server.gateway.failure = Optional.of(new IllegalStateException("password is hunter2 at com.example.Secret"));
        HttpResponse<String> answer = server.get(GROUPS, Role.MEMBER);
        assertProblem(answer, ErrorCode.INTERNAL);
        assertThat(answer.body()).doesNotContain("hunter2", "Secret", "IllegalState");
    }

    @Test
    void anAbsentCapabilityIsAnHonest503() throws Exception {
        server.directory.directory = null;
        try {
            HttpResponse<String> answer = server.get("/directory/crl", Role.ANONYMOUS);
            assertProblem(answer, ErrorCode.CAPABILITY_ABSENT);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        } finally {
            server.directory.directory = server.gateway;
        }
    }

    private static void assertProblem(HttpResponse<String> answer, ErrorCode code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code.httpStatus());
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(Problem.MEDIA_TYPE);
        var problem = Json.MAPPER.readTree(answer.body());
        assertThat(problem.get("code").asText()).isEqualTo(code.name());
        assertThat(problem.get("type").asText()).isEqualTo("urn:sekisho:error:" + code);
        assertThat(problem.get("status").asInt()).isEqualTo(code.httpStatus());
        assertThat(problem.get("correlationId").asText()).hasSize(36);
    }
}
