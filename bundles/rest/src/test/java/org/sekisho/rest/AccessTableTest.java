// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.Operation;
import org.sekisho.api.Role;
import org.sekisho.api.fake.FakeStore;
import org.sekisho.api.fake.Samples;

/** Every operation of the access table, as every role, through HTTP (P10). */
class AccessTableTest {

    /** One request, and the operation it must come to. */
    record Route(Operation operation, String method, String path, String body, int success) {
        @Override
        public String toString() {
            return operation + " by " + method + " " + path;
        }
    }

    private static final String G = Samples.GROUP.toString();
    private static final String L = Samples.LEAF.toString();
    private static final String STORE = "/message-store/groups/" + G;
    private static final String M = FakeStore.MESSAGE.toString();
    private static final String DEPOSIT =
            "{\"meta\":\"AAEC\",\"signature\":\"AAEC\",\"hashes\":[],\"epoch\":1,\"header\":\"AAEC\",\"chunks\":[]}";
    private static final String ENVELOPE = "{\"envelope\":\"AAEC\"}";

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static Stream<Route> routes() {
        return Stream.of(
                new Route(
                        Operation.DIRECTORY_INVITE,
                        "POST",
                        "/directory/invitations",
                        "{\"subject\":\"CN=alice\",\"lifetime\":\"P1D\"}",
                        201),
                new Route(
                        Operation.DIRECTORY_ENROL,
                        "POST",
                        "/directory/enrolments",
                        "{\"token\":\"t\",\"csr\":\"AAEC\",\"hpkeKey\":\"AAEC\"}",
                        201),
                new Route(
                        Operation.DIRECTORY_REGISTER,
                        "PUT",
                        "/directory/participants/" + L,
                        "{\"idKey\":\"AA\",\"hpkeKey\":\"AA\",\"certificate\":\"AA\",\"binding\":\"AA\"}",
                        200),
                new Route(Operation.DIRECTORY_READ, "GET", "/directory/participants/" + L, "", 200),
                new Route(Operation.DIRECTORY_LIST, "GET", "/directory/participants?limit=5", "", 200),
                new Route(
                        Operation.DIRECTORY_REVOKE, "DELETE", "/directory/participants/" + L + "?reason=lost", "", 204),
                new Route(Operation.DIRECTORY_GATEWAY, "GET", "/directory/gateway", "", 200),
                new Route(Operation.DIRECTORY_CRL, "GET", "/directory/crl", "", 200),
                new Route(Operation.GROUP_CREATE, "POST", "/groups", "{\"genesis\":\"AAEC\"}", 201),
                new Route(Operation.GROUP_READ, "GET", "/groups/" + G, "", 200),
                new Route(Operation.GROUP_READ, "GET", "/groups/" + G + "/scheme", "", 200),
                new Route(Operation.GROUP_LIST, "GET", "/groups", "", 200),
                new Route(Operation.GROUP_CHAIN, "GET", "/groups/" + G + "/chain", "", 200),
                new Route(Operation.GROUP_SUBMIT, "POST", "/groups/" + G + "/envelopes", ENVELOPE, 200),
                new Route(
                        Operation.GROUP_SUBMIT,
                        "POST",
                        "/group-management/groups/" + G + "/notifications",
                        ENVELOPE,
                        200),
                new Route(Operation.GROUP_POST, "POST", "/groups/" + G + "/messages", "{\"message\":\"AAEC\"}", 201),
                new Route(Operation.GROUP_LOG, "GET", "/groups/" + G + "/log?after=0&limit=5", "", 200),
                new Route(Operation.GROUP_EPOCHS, "GET", "/groups/" + G + "/epochs", "", 200),
                new Route(Operation.MAILBOX_SEND, "POST", "/mailboxes/" + L, ENVELOPE, 201),
                new Route(Operation.MAILBOX_SEND, "POST", "/group-management/relay/" + L, ENVELOPE, 200),
                new Route(Operation.MAILBOX_READ, "GET", "/mailbox", "", 200),
                new Route(Operation.MAILBOX_READ, "DELETE", "/mailbox?through=3", "", 204),
                new Route(Operation.SCHEME_LIST, "GET", "/schemes", "", 200),
                new Route(Operation.SCHEME_SUSPEND, "PUT", "/groups/" + G + "/suspension", "{\"reason\":\"r\"}", 200),
                new Route(Operation.SCHEME_SUSPEND, "DELETE", "/groups/" + G + "/suspension", "", 200),
                new Route(Operation.SCHEME_SWITCH, "POST", "/groups/" + G + "/scheme-switches", ENVELOPE, 200),
                new Route(Operation.GROUP_READ, "GET", "/groups/" + G + "/scheme-switches", "", 200),
                new Route(
                        Operation.SCHEME_SWITCH_ASK,
                        "POST",
                        "/groups/" + G + "/scheme-switches/requests",
                        "{\"scheme\":\"key-derivation\",\"reason\":\"r\"}",
                        200),
                new Route(Operation.SCHEME_SWITCH_ASK, "DELETE", "/groups/" + G + "/scheme-switches?reason=r", "", 200),
                new Route(Operation.MANAGEMENT_STATUS, "GET", "/group-management/groups/" + G, "", 200),
                new Route(Operation.MANAGEMENT_RENEW, "POST", "/group-management/groups/" + G + "/renewals", "", 200),
                new Route(
                        Operation.MANAGEMENT_RENEW,
                        "POST",
                        "/groups/" + G + "/scheme/requests",
                        "{\"name\":\"renew\",\"args\":\"\"}",
                        200),
                new Route(Operation.INDEX_STATUS, "GET", "/search-index/groups/" + G, "", 200),
                new Route(Operation.INDEX_STATUS, "GET", "/search-index/groups/" + G + "/leakage", "", 200),
                new Route(
                        Operation.INDEX_SEARCH,
                        "POST",
                        "/search-index/groups/" + G + "/queries",
                        "{\"lookups\":[{\"segment\":\"" + "A".repeat(21) + "A\",\"token\":\"" + "A".repeat(43)
                                + "\",\"from\":0,\"limit\":5}],\"countsOnly\":false}",
                        200),
                new Route(Operation.INDEX_SEARCH, "GET", "/search-index/groups/" + G + "/log?after=0", "", 200),
                new Route(
                        Operation.INDEX_SEARCH,
                        "GET",
                        "/search-index/groups/" + G + "/segments/" + "ab".repeat(16) + "/directory?offset=0",
                        "",
                        200),
                new Route(Operation.INDEX_SEARCH, "GET", "/search-index/groups/" + G + "/ring", "", 200),
                new Route(
                        Operation.INDEX_WRITE,
                        "POST",
                        "/search-index/groups/" + G + "/segments",
                        "{\"bytes\":\"AAEC\",\"fence\":0}",
                        201),
                new Route(
                        Operation.INDEX_WRITE,
                        "PUT",
                        "/search-index/groups/" + G + "/parts",
                        "{\"segment\":\"" + "A".repeat(22)
                                + "\",\"rows\":true,\"offset\":0,\"total\":3,\"rowSize\":52,\"bytes\":\"AAEC\"}",
                        204),
                new Route(
                        Operation.INDEX_WRITE,
                        "POST",
                        "/search-index/groups/" + G + "/commits",
                        "{\"bytes\":\"AAEC\",\"fence\":1}",
                        201),
                new Route(
                        Operation.INDEX_WRITE,
                        "POST",
                        "/search-index/groups/" + G + "/entries",
                        "{\"bytes\":\"AAEC\"}",
                        201),
                new Route(
                        Operation.INDEX_WRITE,
                        "PUT",
                        "/search-index/groups/" + G + "/ring",
                        "{\"bytes\":\"AAEC\"}",
                        204),
                new Route(
                        Operation.INDEX_WRITE,
                        "POST",
                        "/search-index/groups/" + G + "/leases",
                        "{\"level\":1,\"fence\":0}",
                        200),
                new Route(Operation.STORE_DEPOSIT, "POST", STORE + "/messages", DEPOSIT, 201),
                new Route(Operation.STORE_DEPOSIT, "DELETE", STORE + "/messages/" + M, "", 200),
                new Route(Operation.STORE_READ, "GET", STORE + "/messages?epoch=3", "", 200),
                new Route(Operation.STORE_READ, "GET", STORE + "/messages/" + M + "?epoch=3", "", 200),
                new Route(Operation.STORE_READ, "GET", STORE + "/messages/" + M + "/chunks?first=0", "", 200),
                new Route(Operation.STORE_READ, "GET", STORE + "/cohorts", "", 200),
                new Route(Operation.STORE_READ, "GET", STORE + "/statements", "", 200),
                new Route(
                        Operation.STORE_STATE,
                        "POST",
                        STORE + "/tokens",
                        "{\"statement\":\"AAEC\",\"token\":\"AAEC\"}",
                        200),
                new Route(Operation.STORE_STATE, "POST", STORE + "/statements", "{\"statement\":\"AAEC\"}", 204),
                new Route(Operation.STORE_STATUS, "GET", STORE, "", 200),
                new Route(Operation.STORE_STATUS, "GET", "/message-store/jobs?group=" + G, "", 200),
                new Route(Operation.AUDIT_READ, "GET", "/audit?group=" + G, "", 200),
                new Route(Operation.AUDIT_VERIFY, "GET", "/audit/verdict", "", 200));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void onlyRolesOfTheRowPass(Route route) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Role role : Role.values()) {
            HttpResponse<String> answer = route.body().isEmpty()
                    ? server.send(server.request(route.path(), role)
                            .method(route.method(), java.net.http.HttpRequest.BodyPublishers.noBody()))
                    : server.json(route.method(), route.path(), route.body(), role);
            boolean allowed = route.operation().allowed().contains(role);
            int expected = allowed ? route.success() : role == Role.ANONYMOUS ? 401 : 403;
            if (answer.statusCode() != expected) {
                wrong.add(role + ": " + answer.statusCode() + " instead of " + expected + ": " + answer.body());
            }
            assertThat(server.gateway.lastCall().operation()).isEqualTo(route.operation());
            assertThat(server.gateway.lastCall().caller().roles()).containsExactly(role);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyOperationHasARoute() {
        Set<Operation> reachable = routes().map(Route::operation).collect(Collectors.toSet());
        assertThat(reachable).containsExactlyInAnyOrder(Operation.values());
    }

    @Test
    void aRequestNobodyAuthenticatedIsNotServed() throws Exception {
        int before = server.gateway.calls.size();
        var request = java.net.http.HttpRequest.newBuilder(
                java.net.URI.create("http://127.0.0.1:" + server.port() + "/api/v1/directory/crl"));
        HttpResponse<String> answer = server.send(request);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("CAPABILITY_ABSENT");
        assertThat(server.gateway.calls).hasSize(before);
    }
}
