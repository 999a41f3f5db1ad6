// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.store.RowStore;
import org.sekisho.client.transport.Json;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.messagestore.store.StoreHost;

/** The paths of the message store, before the real one. */
final class TestStore implements AutoCloseable {

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final StoreHost store;

    TestStore(RowStore rows, Groups groups, GroupHistory history, Path keys) throws IOException {
        store = new StoreHost(
                new StoreHost.Ground(
                        rows,
                        groups,
                        history,
                        (tx, entry) -> {},
                        ShredKeys.open(keys, new SystemEntropy()),
                        workers,
                        InstantSource.system(),
                        new SystemEntropy()),
                1 << 24,
                Duration.ofHours(24),
                false);
        store.rebuild();
    }

    record Said(Octets statement, Octets token) {}

    /** Turns headers that are to be turned. */
    void round() {
        store.round();
    }

    Object answer(String method, String[] path, Caller caller, byte[] body, Map<String, String> query) {
        if (path[2].equals("jobs")) {
            return store.jobs(caller, Optional.of(GroupId.parse(query.get("group"))), Optional.empty(), 100);
        }
        GroupId group = GroupId.parse(path[3]);
        String what = method + " " + path[4] + (path.length > 5 ? " one" : "") + (path.length > 6 ? " " + path[6] : "");
        return switch (what) {
            case "POST messages" -> store.deposit(caller, group, Json.read(body, Deposit.class));
            case "GET messages" ->
                store.list(
                        caller,
                        group,
                        Long.parseLong(query.get("epoch")),
                        Optional.ofNullable(query.get("cursor")),
                        Integer.parseInt(query.get("limit")));
            case "GET messages one" ->
                store.message(caller, group, MessageId.parse(path[5]), Long.parseLong(query.get("epoch")));
            case "DELETE messages one" -> store.delete(caller, group, MessageId.parse(path[5]));
            case "GET messages one chunks" ->
                Map.of(
                        "items",
                        store.chunks(
                                caller,
                                group,
                                MessageId.parse(path[5]),
                                Integer.parseInt(query.get("first")),
                                Integer.parseInt(query.get("count"))));
            case "POST tokens" -> {
                Said said = Json.read(body, Said.class);
                yield store.submit(
                        caller,
                        group,
                        said.statement(),
                        SecretBytes.take(said.token().toByteArray()));
            }
            case "POST statements" -> {
                store.state(caller, group, Json.read(body, Said.class).statement());
                yield List.of();
            }
            case "GET cohorts" -> Map.of("items", store.cohorts(caller, group));
            case "GET statements" ->
                Map.of(
                        "items",
                        store.statements(
                                caller,
                                group,
                                Long.parseLong(query.get("after")),
                                Integer.parseInt(query.get("limit"))));
            default -> throw new NotFoundException("no such path");
        };
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
