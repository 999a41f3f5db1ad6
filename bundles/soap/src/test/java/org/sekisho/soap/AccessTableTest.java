// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
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

/** Every operation of the access table, as every role, through SOAP 1.1 and 1.2 (P10). */
class AccessTableTest {

    /** One message, and the operation it must come to. */
    record Route(Operation operation, String service, String name, String parts) {
        @Override
        public String toString() {
            return operation + " by " + service + "/" + name;
        }
    }

    private static final String G = "<group>" + Samples.GROUP + "</group>";
    private static final String L = "<leaf>" + Samples.LEAF + "</leaf>";
    private static final String SEGMENT = "A".repeat(22);
    private static final String M = "<message>" + FakeStore.MESSAGE + "</message>";
    private static final String E = "<envelope>AAEC</envelope>";

    private static SoapServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new SoapServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static Stream<Route> routes() {
        return Stream.of(
                new Route(
                        Operation.DIRECTORY_INVITE,
                        "directory",
                        "invite",
                        "<subject>CN=a</subject><lifetime>P1D</lifetime>"),
                new Route(
                        Operation.DIRECTORY_ENROL,
                        "directory",
                        "enrol",
                        "<token>t</token><csr>AA</csr><hpkeKey>AA</hpkeKey>"),
                new Route(
                        Operation.DIRECTORY_REGISTER,
                        "directory",
                        "register",
                        L + "<idKey>AA</idKey><hpkeKey>AA</hpkeKey><certificate>AA</certificate><binding>AA</binding>"),
                new Route(Operation.DIRECTORY_READ, "directory", "participant", L),
                new Route(Operation.DIRECTORY_LIST, "directory", "participants", ""),
                new Route(Operation.DIRECTORY_REVOKE, "directory", "revoke", L + "<reason>lost</reason>"),
                new Route(Operation.DIRECTORY_GATEWAY, "directory", "gateway", ""),
                new Route(Operation.DIRECTORY_CRL, "directory", "revocationList", ""),
                new Route(Operation.GROUP_CREATE, "groups", "create", "<genesis>AAEC</genesis>"),
                new Route(Operation.GROUP_READ, "groups", "group", G),
                new Route(Operation.GROUP_READ, "groups", "inspect", G),
                new Route(Operation.GROUP_LIST, "groups", "groups", "<limit>5</limit>"),
                new Route(Operation.GROUP_CHAIN, "groups", "chain", G),
                new Route(Operation.GROUP_SUBMIT, "groups", "submit", G + E),
                new Route(Operation.GROUP_SUBMIT, "group-management", "memberNotification", G + E),
                new Route(Operation.GROUP_POST, "groups", "post", G + "<message>AAEC</message>"),
                new Route(Operation.GROUP_LOG, "groups", "readLog", G + "<after>0</after>"),
                new Route(Operation.GROUP_EPOCHS, "groups", "epochs", G + "<after>0</after>"),
                new Route(Operation.MAILBOX_SEND, "groups", "sendToMailbox", L + E),
                new Route(Operation.MAILBOX_SEND, "group-management", "relay", L + E),
                new Route(Operation.MAILBOX_READ, "groups", "readMailbox", "<after>0</after>"),
                new Route(Operation.MAILBOX_READ, "groups", "acknowledgeMailbox", "<through>3</through>"),
                new Route(Operation.SCHEME_LIST, "groups", "schemes", ""),
                new Route(Operation.SCHEME_SUSPEND, "groups", "suspend", G + "<reason>r</reason>"),
                new Route(Operation.SCHEME_SUSPEND, "groups", "resume", G),
                new Route(Operation.SCHEME_SWITCH, "groups", "orderSwitch", G + E),
                new Route(Operation.GROUP_READ, "groups", "pendingSwitch", G),
                new Route(
                        Operation.SCHEME_SWITCH_ASK,
                        "groups",
                        "askForSwitch",
                        G + "<scheme>key-derivation</scheme><reason>r</reason>"),
                new Route(Operation.SCHEME_SWITCH_ASK, "groups", "giveUpSwitch", G + "<reason>r</reason>"),
                new Route(Operation.MANAGEMENT_STATUS, "group-management", "status", G),
                new Route(Operation.MANAGEMENT_RENEW, "group-management", "renew", G),
                new Route(Operation.MANAGEMENT_RENEW, "groups", "request", G + "<name>renew</name><args></args>"),
                new Route(Operation.INDEX_STATUS, "search-index", "indexStatus", G),
                new Route(Operation.INDEX_STATUS, "search-index", "leakage", G),
                new Route(
                        Operation.INDEX_SEARCH,
                        "search-index",
                        "search",
                        G + "<lookup>" + part("segment", SEGMENT) + part("token", "A".repeat(43)) + part("from", "0")
                                + part("limit", "5") + "</lookup><countsOnly>false</countsOnly>"),
                new Route(Operation.INDEX_SEARCH, "search-index", "readIndexLog", G + "<after>0</after>"),
                new Route(
                        Operation.INDEX_SEARCH,
                        "search-index",
                        "directory",
                        G + "<segment>" + SEGMENT + "</segment><offset>0</offset>"),
                new Route(Operation.INDEX_SEARCH, "search-index", "ring", G),
                new Route(
                        Operation.INDEX_WRITE,
                        "search-index",
                        "publish",
                        G + "<segmentFile>AAEC</segmentFile><fence>0</fence>"),
                new Route(
                        Operation.INDEX_WRITE,
                        "search-index",
                        "stage",
                        G + "<segment>" + SEGMENT + "</segment><rows>true</rows><offset>0</offset><total>3</total>"
                                + "<rowSize>52</rowSize><bytes>AAEC</bytes>"),
                new Route(Operation.INDEX_WRITE, "search-index", "commit", G + "<entry>AAEC</entry><fence>1</fence>"),
                new Route(Operation.INDEX_WRITE, "search-index", "append", G + "<entry>AAEC</entry>"),
                new Route(Operation.INDEX_WRITE, "search-index", "putRing", G + "<ring>AAEC</ring>"),
                new Route(Operation.INDEX_WRITE, "search-index", "lease", G + "<level>1</level><fence>0</fence>"),
                new Route(
                        Operation.STORE_DEPOSIT,
                        "message-store",
                        "upload",
                        G + M + "<index>0</index><last>true</last><chunk>AAEC</chunk>"),
                new Route(
                        Operation.STORE_DEPOSIT,
                        "message-store",
                        "deposit",
                        G + "<meta>AAEC</meta><signature>AAEC</signature><epoch>1</epoch><header>AAEC</header>"
                                + "<chunks>AAEC</chunks>"),
                new Route(Operation.STORE_DEPOSIT, "message-store", "delete", G + M),
                new Route(Operation.STORE_READ, "message-store", "list", G + "<epoch>3</epoch><limit>5</limit>"),
                new Route(Operation.STORE_READ, "message-store", "message", G + M + "<epoch>3</epoch>"),
                new Route(Operation.STORE_READ, "message-store", "chunks", G + M + "<first>0</first><count>1</count>"),
                new Route(Operation.STORE_READ, "message-store", "cohorts", G),
                new Route(Operation.STORE_READ, "message-store", "statements", G + "<after>0</after>"),
                new Route(
                        Operation.STORE_STATE,
                        "message-store",
                        "submitToken",
                        G + "<statement>AAEC</statement><token>AAEC</token>"),
                new Route(Operation.STORE_STATE, "message-store", "state", G + "<statement>AAEC</statement>"),
                new Route(Operation.STORE_STATUS, "message-store", "status", G),
                new Route(Operation.STORE_STATUS, "message-store", "jobs", G),
                new Route(Operation.AUDIT_READ, "audit", "records", G + "<after>0</after>"),
                new Route(Operation.AUDIT_VERIFY, "audit", "verify", ""));
    }

    /** A part of a type that services share. */
    private static String part(String name, String content) {
        return "<" + name + " xmlns=\"urn:sekisho:types:v1\">" + content + "</" + name + ">";
    }

    @ParameterizedTest
    @MethodSource("routes")
    void onlyRolesOfTheRowPass(Route route) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Role role : Role.values()) {
            check(route, role, server.call11(route.service(), route.name(), route.parts(), role), "Client", wrong);
            check(route, role, server.call12(route.service(), route.name(), route.parts(), role), "Sender", wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void check(Route route, Role role, HttpResponse<String> answer, String whose, List<String> wrong) {
        if (route.operation().allowed().contains(role)) {
            if (answer.statusCode() != 200 || !answer.body().contains(route.name() + "Response")) {
                wrong.add(role + ": " + answer.statusCode() + " " + answer.body());
            }
        } else {
            SoapServer.assertFault(answer, whose, role == Role.ANONYMOUS ? "UNAUTHENTICATED" : "FORBIDDEN");
        }
        assertThat(server.gateway.lastCall().operation()).isEqualTo(route.operation());
        assertThat(server.gateway.lastCall().caller().roles()).containsExactly(role);
    }

    /** A switch of scheme travels as a signed policy in an envelope; no message of its own exists for it. */
    private static final Set<Operation> WITHOUT_MESSAGE = EnumSet.of(Operation.SCHEME_SWITCH);

    @Test
    void everyOperationHasAMessage() {
        Set<Operation> reachable = routes().map(Route::operation).collect(Collectors.toSet());
        reachable.addAll(WITHOUT_MESSAGE);
        assertThat(reachable).containsExactlyInAnyOrder(Operation.values());
    }

    @Test
    void aRequestNobodyAuthenticatedIsNotServed() throws Exception {
        int before = server.gateway.calls.size();
        SoapServer.assertFault(server.call11("directory", "revocationList", ""), "Server", "CAPABILITY_ABSENT");
        SoapServer.assertFault(server.call12("directory", "revocationList", ""), "Receiver", "CAPABILITY_ABSENT");
        assertThat(server.gateway.calls).hasSize(before);
    }
}
