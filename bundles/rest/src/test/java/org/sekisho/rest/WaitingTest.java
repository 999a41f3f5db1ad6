// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.fake.FakeStore;
import org.sekisho.api.fake.Samples;
import org.sekisho.api.groups.LogEntry;

/** Long polls and event streams: news arrive at once, waiting is bounded, nobody who waits costs a thread. */
class WaitingTest {

    private static final String GROUP = "/groups/" + Samples.GROUP;

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer(Map.of(
                "waiting_per_caller", 3,
                "streams_per_caller", 2,
                "heartbeat_seconds", 1,
                "stalled_seconds", 1));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private CompletableFuture<HttpResponse<String>> poll(String path) {
        return server.http.sendAsync(
                server.request(path, Role.MEMBER, Role.PARTICIPANT).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void awaitWatchers(int n) {
        Eventually.holds(() -> server.gateway.watchers.size() == n);
    }

    @Test
    void whatIsThereIsAnsweredAtOnce() throws Exception {
        server.gateway.append(Samples.entry(1));
        HttpResponse<String> answer = poll(GROUP + "/log?wait=30").get(10, TimeUnit.SECONDS);
        assertThat(answer.body()).startsWith("{\"items\":[{\"n\":1,\"kind\":\"ENVELOPE\",\"bytes\":\"-_v7-_v7-w\"");
        assertThat(server.gateway.watchers).isEmpty();
    }

    @Test
    void newsEndTheWait() throws Exception {
        var waiting = poll(GROUP + "/log?wait=30");
        awaitWatchers(1);
        server.gateway.append(Samples.entry(4));
        assertThat(waiting.get(5, TimeUnit.SECONDS).body()).contains("\"n\":4");
        awaitWatchers(0);
    }

    @Test
    void theMailboxWaitsLikewise() throws Exception {
        var waiting = poll("/mailbox?wait=30&after=4");
        awaitWatchers(1);
        server.gateway.append(Samples.entry(4));
        server.gateway.append(Samples.entry(5));
        assertThat(waiting.get(5, TimeUnit.SECONDS).body()).contains("\"n\":5").doesNotContain("\"n\":4,");
    }

    @Test
    void withoutNewsTheAnswerIsEmptyWhenTheTimeIsUp() throws Exception {
        HttpResponse<String> answer = poll(GROUP + "/log?wait=1").get(10, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"items\":[]}");
        assertThat(server.gateway.watchers).isEmpty();
    }

    @Test
    void aCallerHasAFewPlacesToWait() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(poll(GROUP + "/log?wait=30"));
        }
        awaitWatchers(3);
        HttpResponse<String> refused = poll(GROUP + "/log?wait=30").get(5, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        server.gateway.append(Samples.entry(1));
        for (var one : waiting) {
            assertThat(one.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(poll(GROUP + "/log?wait=30").get(5, TimeUnit.SECONDS).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoMayNotReadAnyMoreIsToldSoWhileWaiting() throws Exception {
        var waiting = poll(GROUP + "/log?wait=30");
        awaitWatchers(1);
        server.gateway.failure = Optional.of(new NotFoundException("gone"));
        server.gateway.append(Samples.entry(1));
        assertThat(waiting.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
    }

    @Test
    void whoIsRevokedWhileWaitingIsToldSoAtOnce() throws Exception {
        var waiting = poll(GROUP + "/log?wait=30");
        awaitWatchers(1);
        server.longPoll.revoked(LeafId.of(new byte[32]));
        assertThat(waiting).isNotDone();
        server.longPoll.revoked(Samples.LEAF);
        HttpResponse<String> answer = waiting.get(5, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("REVOKED");
        awaitWatchers(0);
    }

    @Test
    void aStreamEndsAtOnceWithItsReadersCertificate() throws Exception {
        try (Reader reader = new Reader("/mailbox?after=0", "")) {
            assertThat(reader.until("HTTP")).contains("200");
            awaitWatchers(1);
            server.events.revoked(LeafId.of(new byte[32]));
            server.gateway.append(Samples.entry(1));
            assertThat(reader.until("id:")).isEqualTo("id: 1");
            server.events.revoked(Samples.LEAF);
            assertThat(reader.until("data: {\"type\"")).contains("REVOKED");
            awaitWatchers(0);
        }
    }

    @Test
    void aStreamEndsAtOnceWithTheRightToRead() throws Exception {
        try (Reader reader = new Reader("/groups/" + Samples.GROUP + "?after=0", "")) {
            awaitWatchers(1);
            server.gateway.append(Samples.entry(1));
            assertThat(reader.until("id:")).isEqualTo("id: 1");
            server.gateway.failure = Optional.of(new DeniedException(ErrorCode.NOT_A_MEMBER, "removed"));
            server.gateway.watchers.forEach(Runnable::run);
            assertThat(reader.until("data: {\"type\"")).contains("NOT_A_MEMBER");
            awaitWatchers(0);
        }
    }

    /** Reads an event stream by hand, line by line. */
    private final class Reader implements AutoCloseable {
        final Socket socket = new Socket("127.0.0.1", server.port());
        final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Reader(String path, String more) throws Exception {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /api/v1/events" + path + " HTTP/1.1\r\nHost: x\r\nX-Caller: MEMBER,PARTICIPANT\r\n"
                                    + more + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }

        String until(String prefix) throws Exception {
            String line = in.readLine();
            while (line != null && !line.startsWith(prefix)) {
                line = in.readLine();
            }
            return line;
        }

        @Override
        public void close() throws Exception {
            socket.close();
        }
    }

    @Test
    void aStreamTellsWhatWasAndWhatComes() throws Exception {
        for (int n = 1; n <= 45; n++) {
            server.gateway.append(Samples.entry(n));
        }
        try (Reader reader = new Reader("/groups/" + Samples.GROUP + "?after=1", "")) {
            assertThat(reader.until("HTTP")).contains("200");
            assertThat(reader.until("Content-Type")).contains("text/event-stream");
            for (int n = 2; n <= 45; n++) {
                assertThat(reader.until("id:")).isEqualTo("id: " + n);
                assertThat(reader.in.readLine()).isEqualTo("event: entry");
                assertThat(reader.in.readLine()).startsWith("data: {\"n\":" + n + ",");
            }
            server.gateway.append(Samples.entry(46));
            assertThat(reader.until("id:")).isEqualTo("id: 46");
        }
    }

    @Test
    void aStreamGoesOnAfterTheLastIdSeen() throws Exception {
        server.gateway.append(Samples.entry(1));
        server.gateway.append(Samples.entry(2));
        try (Reader reader = new Reader("/mailbox?after=0", "Last-Event-ID: 1\r\n")) {
            assertThat(reader.until("id:")).isEqualTo("id: 2");
        }
    }

    @Test
    void aSilentStreamShowsSignsOfLife() throws Exception {
        try (Reader reader = new Reader("/mailbox", "")) {
            reader.until("Content-Type");
            for (int i = 0; i < 3; i++) {
                assertThat(reader.until(":")).isEqualTo(":");
            }
        }
    }

    @Test
    void aStreamEndsWithTheReasonWhenItsReaderMayNotReadAnyMore() throws Exception {
        try (Reader reader = new Reader("/mailbox", "")) {
            awaitWatchers(1);
            server.gateway.failure = Optional.of(new NotFoundException("gone"));
            server.gateway.append(Samples.entry(1));
            assertThat(reader.until("event:")).isEqualTo("event: error");
            assertThat(reader.in.readLine()).contains(ErrorCode.NOT_FOUND.name());
            awaitWatchers(0);
        }
    }

    @Test
    void aReaderThatStandsStillIsCutOffAndFreesItsPlace() throws Exception {
        try (Reader reader = new Reader("/mailbox", "")) {
            awaitWatchers(1);
            Octets large = Samples.filled(7, 512 * 1024);
            for (int n = 1; n <= 40; n++) {
                server.gateway.log.add(new LogEntry(n, LogEntry.Kind.MESSAGE, large, Optional.empty(), Samples.AT));
            }
            server.gateway.append(Samples.entry(41));
            Eventually.holds(() -> server.events.open() == 0);
            assertThat(server.gateway.watchers).isEmpty();
            assertThat(reader.socket.isConnected()).isTrue();
        }
    }

    @Test
    void aReaderThatIsGoneFreesItsPlace() throws Exception {
        try (Reader reader = new Reader("/mailbox", "")) {
            awaitWatchers(1);
            assertThat(reader.until(":")).isEqualTo(":");
        }
        Eventually.holds(() -> server.events.open() == 0);
    }

    @Test
    void aCallerHasAFewStreams() throws Exception {
        try (Reader one = new Reader("/mailbox", "");
                Reader two = new Reader("/mailbox", "")) {
            assertThat(one.until("HTTP")).contains("200");
            assertThat(two.until("HTTP")).contains("200");
            HttpResponse<String> refused = server.get("/events/mailbox", Role.MEMBER, Role.PARTICIPANT);
            assertThat(refused.statusCode()).isEqualTo(429);
        }
    }

    @Test
    void jobsAreToldAsTheyMoveOn() throws Exception {
        try (Reader reader = new Reader("/message-store/groups/" + Samples.GROUP, "")) {
            assertThat(reader.until("event:")).isEqualTo("event: job");
            assertThat(reader.in.readLine()).startsWith("data: {").contains("\"done\":50");
            awaitWatchers(1);
            server.gateway.watchers.forEach(Runnable::run);
            server.messageStore.jobs = List.of(FakeStore.job(150));
            server.gateway.watchers.forEach(Runnable::run);
            assertThat(reader.until("data:")).contains("\"done\":150");
            // what nobody tells of, as progress made by another gateway, is seen with the next sign of life
            server.messageStore.jobs = List.of(FakeStore.job(200));
            assertThat(reader.until("data:")).contains("\"done\":200");
            server.gateway.failure = Optional.of(new DeniedException(ErrorCode.NOT_A_MEMBER, "removed"));
            assertThat(reader.until("data:")).contains("NOT_A_MEMBER");
            awaitWatchers(0);
        }
    }

    @Test
    void streamsKeepToTheAccessTable() throws Exception {
        assertThat(server.get("/events/message-store/groups/" + Samples.GROUP, Role.ANONYMOUS)
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.get("/events/mailbox", Role.ANONYMOUS).statusCode()).isEqualTo(401);
        assertThat(server.get("/events/mailbox", Role.ADMIN).statusCode()).isEqualTo(403);
        assertThat(server.get("/events/groups/" + Samples.GROUP, Role.ADMIN).statusCode())
                .isEqualTo(403);
        assertThat(server.get("/events/groups/zz", Role.MEMBER).statusCode()).isEqualTo(400);
        assertThat(server.get("/events/nothing", Role.MEMBER).statusCode()).isEqualTo(404);
        assertThat(server.events.open()).isZero();
    }
}
