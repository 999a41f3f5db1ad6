// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.fake.MemoryRows;
import org.sekisho.api.fake.Samples;
import org.sekisho.api.store.Table;

/** A request that comes again with its Idempotency-Key is answered as before and not done again. */
class RepeatedRequestsTest {

    private static final String MESSAGES = "/groups/" + Samples.GROUP + "/messages";
    private static final String MESSAGE = "{\"message\":\"AAEC\"}";

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private HttpResponse<String> post(String path, String key, String body, Role... roles) throws Exception {
        return server.send(server.request(path, roles)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void theSameAnswerAndNoSecondDeed() throws Exception {
        HttpResponse<String> first = post(MESSAGES, "k1", MESSAGE, Role.MEMBER);
        HttpResponse<String> again = post(MESSAGES, "k1", MESSAGE, Role.MEMBER);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body()).contains("\"n\":11");
        assertThat(again.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(server.gateway.calls).hasSize(1);
    }

    @Test
    void theLocationIsKept() throws Exception {
        HttpResponse<String> first = post("/groups", "k1", "{\"genesis\":\"AA\"}", Role.PARTICIPANT);
        HttpResponse<String> again = post("/groups", "k1", "{\"genesis\":\"AA\"}", Role.PARTICIPANT);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
    }

    @Test
    void anotherBodyOrPathUnderTheSameKeyIsRefused() throws Exception {
        post(MESSAGES, "k1", MESSAGE, Role.MEMBER);
        assertThat(post(MESSAGES, "k1", "{\"message\":\"AAED\"}", Role.MEMBER).body())
                .contains("IDEMPOTENCY_MISMATCH");
        assertThat(post("/groups/" + Samples.GROUP + "/envelopes", "k1", MESSAGE, Role.MEMBER)
                        .statusCode())
                .isEqualTo(409);
        assertThat(server.gateway.calls).hasSize(1);
    }

    @Test
    void aKeyBelongsToItsCaller() throws Exception {
        post(MESSAGES, "k1", MESSAGE, Role.MEMBER);
        assertThat(post(MESSAGES, "k1", MESSAGE, Role.ADMIN).statusCode()).isEqualTo(403);
        assertThat(server.gateway.calls).hasSize(2);
    }

    @Test
    void afterADeclaredErrorTheKeyIsFree() throws Exception {
        server.gateway.failure = Optional.of(new UnavailableException(ErrorCode.QUEUE_FULL, "full"));
        assertThat(post(MESSAGES, "k1", MESSAGE, Role.MEMBER).statusCode()).isEqualTo(503);
        server.gateway.failure = Optional.empty();
        assertThat(post(MESSAGES, "k1", MESSAGE, Role.MEMBER).statusCode()).isEqualTo(201);
        assertThat(server.gateway.calls).hasSize(2);
    }

    @Test
    void afterABugTheOutcomeIsUnknown() throws Exception {
        server.gateway.failure = Optional.of(new IllegalStateException("bug"));
        assertThat(post(MESSAGES, "k1", MESSAGE, Role.MEMBER).statusCode()).isEqualTo(500);
        server.gateway.failure = Optional.empty();
        assertThat(post(MESSAGES, "k1", MESSAGE, Role.MEMBER).statusCode()).isEqualTo(429);
        assertThat(server.gateway.calls).hasSize(1);
    }

    @Test
    void anEnrolmentTokenIsNeitherStoredNorShownAgain() throws Exception {
        String invite = "{\"subject\":\"CN=alice\",\"lifetime\":\"P1D\"}";
        HttpResponse<String> first = post("/directory/invitations", "k1", invite, Role.ADMIN);
        assertThat(first.body()).contains(Samples.token().token());
        HttpResponse<String> again = post("/directory/invitations", "k1", invite, Role.ADMIN);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body())
                .contains("ALREADY_EXISTS")
                .doesNotContain(Samples.token().token());
        for (Octets scope : server.rows.scopes(Table.REPLY, Octets.EMPTY, 100)) {
            server.rows.read(scope, tx -> {
                tx.scan(Table.REPLY, Octets.EMPTY, Octets.EMPTY, 100)
                        .forEach(row -> assertThat(row.value().asUtf8())
                                .doesNotContain(Samples.token().token()));
                return 0;
            });
        }
    }

    @Test
    void anUnusableKeyIsRefused() throws Exception {
        assertThat(post(MESSAGES, "k".repeat(256), MESSAGE, Role.MEMBER).statusCode())
                .isEqualTo(400);
    }

    /** A clock that tests move. */
    private static final class Hands extends Clock {
        private Instant now = Samples.AT;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @Test
    void keysExpireAndAreSwept() {
        Hands clock = new Hands();
        MemoryRows rows = new MemoryRows();
        Replies replies = new Replies(RestServer.config(Map.of()), () -> rows, clock);
        Caller caller = Caller.user("admin", Set.of(Role.ADMIN));
        Replies.Taken taken = replies.bind(caller, "k", Samples.KEY);
        assertThat(replies.take(taken)).isEmpty();
        assertThatThrownBy(() -> replies.take(taken)).isInstanceOf(UnavailableException.class);
        clock.now = clock.now.plus(Duration.ofSeconds(61));
        assertThatThrownBy(() -> replies.take(taken)).isInstanceOf(IndeterminateException.class);
        assertThatThrownBy(() -> replies.take(replies.bind(caller, "k", Samples.BYTES)))
                .isInstanceOf(ConflictException.class);
        clock.now = clock.now.plus(Duration.ofHours(24));
        assertThat(replies.take(taken)).isEmpty();
        clock.now = clock.now.plus(Duration.ofHours(25));
        assertThat(rows.scopes(Table.REPLY, Octets.EMPTY, 10)).hasSize(1);
        replies.sweep();
        assertThat(rows.scopes(Table.REPLY, Octets.EMPTY, 10)).isEmpty();
    }
}
