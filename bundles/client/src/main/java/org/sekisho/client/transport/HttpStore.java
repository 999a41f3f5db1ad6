// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import com.fasterxml.jackson.databind.JavaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.StoredMessage;

/** The gateway's REST API under {@code /api/v1/message-store}. */
final class HttpStore implements StoreGateway {

    private static final JavaType MESSAGES = Json.type(Page.class, StoredMessage.class);
    private static final JavaType JOBS = Json.type(Page.class, JobView.class);

    private final HttpTransport transport;

    HttpStore(HttpTransport transport) {
        this.transport = transport;
    }

    /** Sealed chunks. */
    private record Chunks(List<Octets> items) {}

    /** Cohorts of a group. */
    private record Cohorts(List<CohortView> items) {}

    /** Statements for their reader. */
    private record Statements(List<KeptStatement> items) {}

    @Override
    public void upload(GroupId group, MessageId message, int index, boolean last, Octets chunk) {
        transport.send(transport.putOctets(
                path(group) + "/messages/" + message + "/chunks/" + index + "?last=" + last, chunk));
    }

    /** Without an Idempotency-Key, as all that is posted here: the store knows a message by its id, which its author signed. */
    @Override
    public StoredMessage deposit(GroupId group, Deposit deposit) {
        return transport.ask(transport.post(path(group) + "/messages", deposit), StoredMessage.class);
    }

    @Override
    public Page<StoredMessage> list(GroupId group, long epoch, Optional<String> cursor, int limit) {
        return transport.ask(
                transport.get(path(group) + "/messages?epoch=" + epoch + "&limit=" + limit
                        + cursor.map(c -> "&cursor=" + Query.encode(c)).orElse("")),
                MESSAGES);
    }

    @Override
    public StoredMessage message(GroupId group, MessageId message, long epoch) {
        return transport.ask(
                transport.get(path(group) + "/messages/" + message + "?epoch=" + epoch), StoredMessage.class);
    }

    @Override
    public List<Octets> chunks(GroupId group, MessageId message, int first, int count) {
        return transport
                .ask(
                        transport.get(
                                path(group) + "/messages/" + message + "/chunks?first=" + first + "&count=" + count),
                        Chunks.class)
                .items();
    }

    @Override
    public StoredMessage delete(GroupId group, MessageId message) {
        return transport.ask(transport.delete(path(group) + "/messages/" + message), StoredMessage.class);
    }

    @Override
    public CohortView submit(GroupId group, Octets statement, SecretBytes token) {
        try (token) {
            return transport.ask(
                    transport.post(
                            path(group) + "/tokens", Map.of("statement", statement, "token", token.use(Octets::of))),
                    CohortView.class);
        }
    }

    @Override
    public void state(GroupId group, Octets statement) {
        transport.send(transport.post(path(group) + "/statements", Map.of("statement", statement)));
    }

    @Override
    public List<CohortView> cohorts(GroupId group) {
        return transport
                .ask(transport.get(path(group) + "/cohorts"), Cohorts.class)
                .items();
    }

    @Override
    public List<KeptStatement> statements(GroupId group, long after, int limit) {
        return transport
                .ask(transport.get(path(group) + "/statements?after=" + after + "&limit=" + limit), Statements.class)
                .items();
    }

    @Override
    public List<JobView> jobs(GroupId group) {
        Page<JobView> page = transport.ask(transport.get("/message-store/jobs?limit=500&group=" + group), JOBS);
        return page.items();
    }

    @Override
    public Registration watchJobs(GroupId group, Consumer<Optional<JobView>> onJob, Runnable onEnd) {
        return EventStream.open(transport, path(group), JobView.class, onJob, why -> onEnd.run());
    }

    private static String path(GroupId group) {
        return "/message-store/groups/" + group;
    }
}
