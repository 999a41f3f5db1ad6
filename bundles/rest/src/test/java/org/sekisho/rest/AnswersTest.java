// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.directory.Registering;
import org.sekisho.api.fake.FakeStore;
import org.sekisho.api.fake.Samples;
import org.sekisho.api.groups.Receipt;

/** How answers look: statuses, headers and the JSON shape that clients rely on. */
class AnswersTest {

    private static final String GROUP = "/groups/" + Samples.GROUP;

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void valuesAreTextAndWhatIsEmptyIsAbsent() throws Exception {
        JsonNode participant = body(server.get("/directory/participants/" + Samples.LEAF, Role.ADMIN));
        assertThat(participant.get("leaf").asText()).isEqualTo("02".repeat(32));
        assertThat(participant.get("certificate").asText()).isEqualTo("-_v7-_v7-w");
        assertThat(participant.get("certHash").asText()).isEqualTo("03".repeat(32));
        assertThat(participant.get("enrolledAt").asText()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(participant.get("revokedAt").asText()).isEqualTo("2026-11-21T12:00:00Z");
        JsonNode group = body(server.get(GROUP, Role.MEMBER));
        assertThat(group.get("policy").get("rn1Interval").asText()).isEqualTo("PT24H");
        assertThat(group.get("state").asText()).isEqualTo("ACTIVE");
        assertThat(group.get("members").get(0).asText()).isEqualTo(Samples.LEAF.toString());
        assertThat(body(server.get("/groups", Role.ADMIN)).has("next")).isFalse();
        assertThat(body(server.get("/directory/participants", Role.ADMIN))
                        .get("next")
                        .asText())
                .isEqualTo("more");
    }

    @Test
    void componentsByNameAndNothingElse() throws Exception {
        assertThat(names(body(server.get(GROUP, Role.MEMBER))))
                .containsExactly(
                        "group",
                        "policy",
                        "schemeId",
                        "blind",
                        "blindReason",
                        "rosterSeq",
                        "rosterHash",
                        "members",
                        "epoch",
                        "epochHash",
                        "state",
                        "stateReason",
                        "queued",
                        "dead",
                        "head",
                        "createdAt",
                        "pendingSwitch");
        assertThat(names(body(server.get("/audit", Role.AUDITOR)).get("items").get(0)))
                .containsExactly("n", "at", "actor", "action", "subject", "outcome", "detail", "hash");
        assertThat(names(body(server.get(GROUP + "/epochs", Role.ADMIN))
                        .get("items")
                        .get(0)
                        .get("header")))
                .containsExactly(
                        "group",
                        "epoch",
                        "schemeId",
                        "previous",
                        "rosterHash",
                        "policyHash",
                        "transcriptHash",
                        "cohort");
    }

    @Test
    void argumentsArriveAsTheyWereSent() throws Exception {
        LeafId leaf = Samples.LEAF;
        server.json(
                "PUT",
                "/directory/participants/" + leaf,
                "{\"idKey\":\"AQ\",\"hpkeKey\":\"Ag\",\"certificate\":\"Aw\",\"binding\":\"BA\",\"possession\":\"BQ\"}",
                Role.PARTICIPANT);
        assertThat(server.gateway.lastCall().arguments())
                .isEqualTo(List.of(new Registering(
                        leaf,
                        Octets.of((byte) 1),
                        Octets.of((byte) 2),
                        Octets.of((byte) 3),
                        Octets.of((byte) 4),
                        Optional.of(Octets.of((byte) 5)))));
        server.json("POST", "/directory/invitations", "{\"subject\":\"CN=é\",\"lifetime\":\"PT90M\"}", Role.ADMIN);
        assertThat(server.gateway.lastCall().arguments()).isEqualTo(List.of("CN=é", Duration.ofMinutes(90)));
        server.get("/audit?group=" + Samples.GROUP + "&after=7&limit=9", Role.ADMIN);
        assertThat(server.gateway.lastCall().arguments()).isEqualTo(List.of(Optional.of(Samples.GROUP), 7L, 9));
        server.get("/groups?cursor=abc", Role.ADMIN);
        assertThat(server.gateway.lastCall().arguments()).isEqualTo(List.of(Optional.of("abc"), 50));
    }

    @Test
    void aFoundedGroupHasALocation() throws Exception {
        HttpResponse<String> answer = server.json("POST", "/groups", "{\"genesis\":\"AA\"}", Role.PARTICIPANT);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("http://127.0.0.1:" + server.port() + "/api/v1" + GROUP);
    }

    @Test
    void whatIsOnlyKeptIsAccepted() throws Exception {
        server.gateway.state = Receipt.State.QUEUED;
        HttpResponse<String> answer = server.json("POST", GROUP + "/envelopes", "{\"envelope\":\"AA\"}", Role.MEMBER);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"n\":11,\"state\":\"QUEUED\"}");
    }

    @Test
    void anUnchangedGroupIsNotSentAgain() throws Exception {
        HttpResponse<String> first = server.get(GROUP, Role.MEMBER);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                server.send(server.request(GROUP, Role.MEMBER).header("If-None-Match", tag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        HttpResponse<String> other =
                server.send(server.request(GROUP, Role.MEMBER).header("If-None-Match", "\"x\""));
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void theRevocationListIsDer() throws Exception {
        HttpResponse<String> answer = server.get("/directory/crl", Role.ANONYMOUS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pkix-crl");
    }

    @Test
    void anonymousIsAskedToAuthenticate() throws Exception {
        HttpResponse<String> answer = server.get("/groups", Role.ANONYMOUS);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("Basic realm=\"sekisho\", charset=\"UTF-8\"");
    }

    @Test
    void theDescriptionKnowsEveryPathAndHowValuesLook() throws Exception {
        JsonNode document = body(server.get("/openapi.json", Role.ANONYMOUS));
        assertThat(document.get("openapi").asText()).startsWith("3.");
        assertThat(document.get("paths").size()).isGreaterThanOrEqualTo(23);
        JsonNode schemas = document.get("components").get("schemas");
        assertThat(schemas.get("LeafId").get("type").asText()).isEqualTo("string");
        assertThat(schemas.get("Octets").get("type").asText()).isEqualTo("string");
        JsonNode get = document.get("paths").get("/groups/{id}").get("get");
        assertThat(get.get("responses").get("default").get("content").has("application/problem+json"))
                .isTrue();
        AccessTableTest.routes().forEach(route -> {
            String path = route.path()
                    .replaceAll("\\?.*", "")
                    .replace(Samples.GROUP.toString(), "{id}")
                    .replace(Samples.LEAF.toString(), "{leaf}")
                    .replace("/" + FakeStore.MESSAGE, "/{message}")
                    .replace("/ab".concat("ab".repeat(15)), "/{segment}");
            assertThat(document.get("paths").path(path).has(route.method().toLowerCase(java.util.Locale.ROOT)))
                    .as(route.toString())
                    .isTrue();
        });
    }

    private static JsonNode body(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new java.util.ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
