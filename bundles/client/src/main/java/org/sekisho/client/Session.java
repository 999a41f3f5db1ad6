// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.sekisho.client.connection.Connection;
import org.sekisho.client.history.Histories;
import org.sekisho.client.search.Indexing;
import org.sekisho.client.transport.Gateway;
import org.sekisho.groups.member.MemberHost;

/**
 * What a session's objects share.
 *
 * @param storing whether what is sent is stored as well
 * @param inOrder runs asynchronous calls one after the other
 * @param waiting runs what only waits
 */
record Session(
        MemberHost host,
        Gateway gateway,
        Connection connection,
        Indexing indexing,
        Histories histories,
        Duration patience,
        boolean storing,
        ExecutorService inOrder,
        ExecutorService waiting) {

    <T> CompletableFuture<T> later(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, inOrder);
    }

    CompletableFuture<Void> later(Runnable call) {
        return CompletableFuture.runAsync(call, inOrder);
    }

    <T> CompletableFuture<T> meanwhile(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, waiting);
    }
}
