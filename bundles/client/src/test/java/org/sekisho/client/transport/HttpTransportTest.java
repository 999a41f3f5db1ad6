// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.messagestore.Deposit;

/** What becomes of every kind of answer. Plain HTTP: TLS is tested with the whole SDK. */
class HttpTransportTest {

    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofMillis(2));
    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final String PROBLEM = "application/problem+json";
    private static final String DONE = "{\"n\":1,\"state\":\"DONE\"}";

    private record Answer(int status, String type, String body, String retryAfter) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 10);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        gateway = gateway(QUICK);
    }

    private HttpGateway gateway(RetryPolicy retry) throws Exception {
        var uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        return new HttpGateway(new HttpTransport(uri, SSLContext.getDefault(), Optional.of("Basic x"), retry), false);
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        Answer answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        if (answer.status() < 0) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
        }
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void answers(int status, String type, String body) {
        answers.add(new Answer(status, type, body, ""));
    }

    private void only(int status, String type, String body) {
        answers.clear();
        answers(status, type, body);
    }

    private void problem(ErrorCode code) {
        answers(
                code.httpStatus(),
                PROBLEM,
                "{\"code\":\"" + code + "\",\"detail\":\"why\",\"correlationId\":\"c1\",\"extra\":[1]}");
    }

    private Receipt post() {
        return gateway.post(GROUP, Octets.utf8("sealed"));
    }

    @Test
    void submission_has_path_and_body_and_no_key() {
        answers(201, "application/json", "{\"n\":7,\"state\":\"DONE\",\"new\":true}");
        assertThat(post()).isEqualTo(new Receipt(7, Receipt.State.DONE));
        post();
        gateway.post(GROUP, Octets.utf8("other"));
        assertThat(requests.get(0)).isEqualTo("POST /api/v1/groups/" + GROUP + "/messages {\"message\":\"c2VhbGVk\"}");
        // its content is what it is known by: a key would outlive a gateway that is killed at work on it
        assertThat(keys).containsOnly("null");
    }

    @Test
    void deposit_is_known_by_its_signed_id_and_has_no_key() {
        Octets id = Octets.of(new byte[16]);
        answers(
                201,
                "application/json",
                "{\"n\":3,\"message\":\"" + id.hex() + "\",\"hash\":\"" + "00".repeat(32)
                        + "\",\"at\":\"2026-01-01T00:00:00Z\"}");
        var deposit = new Deposit(
                Octets.utf8("meta"),
                Octets.of(new byte[64]),
                List.of(Hash.of(new byte[32])),
                1,
                Octets.of(new byte[32]),
                List.of(Octets.utf8("chunk")));
        assertThat(gateway.store().deposit(GROUP, deposit).n()).isEqualTo(3);
        assertThat(requests.get(0)).startsWith("POST /api/v1/message-store/groups/" + GROUP + "/messages {");
        assertThat(keys).containsOnly("null");
    }

    @Test
    void problems_become_the_exception_of_their_category_and_are_not_repeated() {
        problem(ErrorCode.STALE_EPOCH);
        assertThatThrownBy(this::post).isInstanceOf(ConflictException.class).hasMessage("why [c1]");
        answers.clear();
        problem(ErrorCode.NOT_A_MEMBER);
        assertThatThrownBy(this::post).isInstanceOf(DeniedException.class);
        answers.clear();
        problem(ErrorCode.NOT_FOUND);
        assertThatThrownBy(this::post).isInstanceOf(NotFoundException.class);
        answers.clear();
        problem(ErrorCode.BAD_SIGNATURE);
        assertThatThrownBy(this::post).isInstanceOf(RejectedException.class);
        assertThat(requests).hasSize(4);
    }

    @Test
    void every_code_of_the_catalogue_is_understood() throws Exception {
        gateway = gateway(RetryPolicy.NEVER);
        for (ErrorCode code : ErrorCode.values()) {
            answers.clear();
            problem(code);
            assertThatThrownBy(this::post).isInstanceOfSatisfying(SekishoException.class, e -> assertThat(e.code())
                    .isEqualTo(code));
        }
    }

    @Test
    void unknown_codes_and_foreign_answers_go_by_their_status() throws Exception {
        gateway = gateway(RetryPolicy.NEVER);
        only(409, PROBLEM, "{\"code\":\"LATER_VERSION\"}");
        assertThatThrownBy(this::post).isInstanceOf(ConflictException.class);
        only(503, "text/html", "<h1>busy</h1>");
        assertThatThrownBy(this::post).isInstanceOf(UnavailableException.class);
        only(500, PROBLEM, "not json");
        assertThatThrownBy(this::post).isInstanceOf(IndeterminateException.class);
        only(302, "text/html", "");
        assertThatThrownBy(this::post).isInstanceOf(IndeterminateException.class);
    }

    @Test
    void path_that_is_not_published_yet_is_unavailable() {
        answers(404, "text/html", "");
        answers(404, PROBLEM, "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}");
        answers(201, "application/json", DONE);
        assertThat(post().n()).isEqualTo(1);
        assertThat(requests).hasSize(3);
    }

    @Test
    void unavailable_and_broken_connections_are_tried_again() {
        problem(ErrorCode.GATEWAY_UNREACHABLE);
        answers(-1, "", "");
        problem(ErrorCode.OUTCOME_UNKNOWN);
        answers(201, "application/json", "{\"n\":1,\"state\":\"REPEATED\"}");
        assertThat(post().state()).isEqualTo(Receipt.State.REPEATED);
        assertThat(requests).hasSizeGreaterThanOrEqualTo(4);
        assertThat(Set.copyOf(requests)).hasSize(1);
    }

    @Test
    void retry_after_is_waited_for() {
        answers.add(new Answer(503, PROBLEM, "{\"code\":\"CAPABILITY_ABSENT\",\"detail\":\"away\"}", "1"));
        answers(201, "application/json", DONE);
        long begin = System.nanoTime();
        post();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void budget_ends_and_the_last_error_is_thrown() throws Exception {
        gateway = gateway(new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(5), Duration.ofMillis(5)));
        answers.add(new Answer(503, PROBLEM, "{\"code\":\"QUEUE_FULL\",\"detail\":\"full\"}", "3600"));
        assertThatThrownBy(this::post).isInstanceOfSatisfying(UnavailableException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_FULL);
            assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(1));
        });
        assertThat(requests).hasSize(1);
    }

    @Test
    void gateway_that_is_not_there_is_unreachable() throws Exception {
        gateway = gateway(RetryPolicy.NEVER);
        server.stop(0);
        assertThatThrownBy(this::post).isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.GATEWAY_UNREACHABLE));
    }

    @Test
    void answer_that_is_no_json_leaves_the_outcome_open() throws Exception {
        gateway = gateway(RetryPolicy.NEVER);
        for (String body : List.of("", "null", "{", "[]", "{\"n\":\"x\"}", "[".repeat(100))) {
            only(200, "application/json", body);
            assertThatThrownBy(this::post).isInstanceOf(IndeterminateException.class);
        }
    }

    @Test
    void closing_ends_a_pause_and_further_requests() {
        answers.add(new Answer(503, PROBLEM, "{\"code\":\"QUEUE_FULL\",\"detail\":\"full\"}", "30"));
        var waiting = Executors.newSingleThreadExecutor().submit(this::post);
        Awaitility.await().until(() -> !requests.isEmpty());
        gateway.close();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(SekishoException.class);
        assertThatThrownBy(this::post).isInstanceOf(UnavailableException.class);
    }

    @Test
    void page_of_participants_escapes_its_cursor() {
        answers(200, "application/json", "{\"items\":[],\"next\":\"b\"}");
        assertThat(gateway.participants(Optional.of("a b&c"), 10).next()).contains("b");
        assertThat(requests.get(0)).startsWith("GET /api/v1/directory/participants?limit=10&cursor=a%20b%26c");
    }
}
