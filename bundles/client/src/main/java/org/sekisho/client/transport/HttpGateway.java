// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import com.fasterxml.jackson.databind.JavaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SekishoException;
import org.sekisho.api.directory.GatewayView;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.directory.Registering;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Receipt;

/** The gateway's REST API under {@code /api/v1}, as a participant uses it. */
public final class HttpGateway implements Gateway {

    private static final JavaType PARTICIPANTS = Json.type(Page.class, Participant.class);

    private final HttpTransport transport;
    private final boolean streaming;

    /** Takes the transport over: closing closes it. */
    public HttpGateway(HttpTransport transport, boolean streaming) {
        this.transport = transport;
        this.streaming = streaming;
    }

    /** The items of a log. */
    private record Entries(List<LogEntry> items) {}

    @Override
    public GroupView create(Octets genesis) {
        return transport.ask(transport.post("/groups", Map.of("genesis", genesis)), GroupView.class);
    }

    @Override
    public Receipt submit(GroupId group, Octets envelope) {
        return submit("/groups/" + group + "/envelopes", "envelope", envelope);
    }

    @Override
    public Receipt post(GroupId group, Octets message) {
        return submit("/groups/" + group + "/messages", "message", message);
    }

    @Override
    public Receipt mail(LeafId to, Octets envelope) {
        return submit("/mailboxes/" + to, "envelope", envelope);
    }

    @Override
    public GroupChain chain(GroupId group) {
        String path = "/groups/" + group + "/chain";
        return GroupChain.of(cursor -> transport.ask(
                transport.get(
                        path + cursor.map(c -> "?cursor=" + Query.encode(c)).orElse("")),
                ChainPage.class));
    }

    @Override
    public void acknowledge(long n) {
        transport.send(transport.delete("/mailbox?through=" + n));
    }

    @Override
    public Octets revocationList() {
        return Octets.of(transport.send(
                transport.get("/directory/crl").header("Accept", "application/pkix-crl, application/problem+json")));
    }

    @Override
    public Participant participant(LeafId leaf) {
        return transport.ask(transport.get("/directory/participants/" + leaf), Participant.class);
    }

    @Override
    public Page<Participant> participants(Optional<String> cursor, int limit) {
        return transport.ask(
                transport.get("/directory/participants?limit=" + limit
                        + cursor.map(c -> "&cursor=" + Query.encode(c)).orElse("")),
                PARTICIPANTS);
    }

    /** Makes this participant visible. Idempotent. */
    public Participant register(Registering registering) {
        return transport.ask(
                transport.put(
                        "/directory/participants/" + registering.leaf(),
                        Map.of(
                                "idKey", registering.idKey(),
                                "hpkeKey", registering.hpkeKey(),
                                "certificate", registering.certificate(),
                                "binding", registering.binding(),
                                "possession", registering.possession())),
                Participant.class);
    }

    /** What the gateway says of itself. */
    public GatewayView gateway() {
        return transport.ask(transport.get("/directory/gateway"), GatewayView.class);
    }

    @Override
    public CompletableFuture<List<LogEntry>> read(Optional<GroupId> group, long after, int limit, Duration wait) {
        var call = transport
                .get(group.map(id -> "/groups/" + id + "/log").orElse("/mailbox") + "?after=" + after + "&limit="
                        + limit + "&wait=" + wait.toSeconds())
                .within(wait.plusSeconds(20));
        return transport.later(call).thenApply(body -> Json.read(body, Entries.class)
                .items());
    }

    @Override
    public Optional<Registration> stream(
            Optional<GroupId> group,
            long after,
            Consumer<Optional<LogEntry>> onEntry,
            Consumer<Optional<SekishoException>> onEnd) {
        if (!streaming) {
            return Optional.empty();
        }
        String path = group.map(id -> "/groups/" + id).orElse("/mailbox") + "?after=" + after;
        return Optional.of(EventStream.open(transport, path, LogEntry.class, onEntry, onEnd));
    }

    @Override
    public StoreGateway store() {
        return new HttpStore(transport);
    }

    @Override
    public Gateway once() {
        return new HttpGateway(transport.with(RetryPolicy.NEVER), streaming);
    }

    /** A group's search index. */
    public HttpIndex index(GroupId group) {
        return new HttpIndex(transport, group);
    }

    @Override
    public void close() {
        transport.close();
    }

    /**
     * Without an Idempotency-Key: the gateway knows what is signed by its own octets and takes it once. A key would only be in the
     * way where the gateway was killed at work on it: nobody would know what became of it for as long as answers are kept.
     */
    private Receipt submit(String path, String name, Octets bytes) {
        return transport.ask(transport.post(path, Map.of(name, bytes)), Receipt.class);
    }
}
