// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.group.History;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.Table;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.repositoryjdbc.JdbcRowStore;

/** On a real PostgreSQL, with two gateways. */
class PostgresTest {

    private static final int MESSAGES = 1_700;

    @TempDir
    Path keys;

    /** pre_two_servers_concurrent_batches_idempotent: their clocks make every lease look old, so they really race. */
    @Test
    void two_gateways_run_one_job_and_turn_every_header_once() throws Exception {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeTrue(system.equals("Linux amd64"), () -> "no PostgreSQL binaries for " + system + ": skipped");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                JdbcRowStore one = JdbcRowStore.open(postgres.getPostgresDatabase());
                JdbcRowStore two = JdbcRowStore.open(postgres.getPostgresDatabase());
                World world = new World(one, keys, History.FULL)) {
            world.commit("alice", "bob");
            for (int i = 0; i < MESSAGES; i++) {
                world.actor("alice").send("message " + i);
            }
            world.commit("alice", "bob", "carol");
            world.actor("alice").sponsor();
            world.actor("bob").confirm();
            StoreHost first = world.gateway(one, racing(world));
            StoreHost second = world.gateway(two, racing(world));
            ExecutorService gateways = Executors.newFixedThreadPool(2);
            try {
                List<Future<Integer>> runs = new ArrayList<>();
                for (StoreHost gateway : List.of(first, second)) {
                    runs.add(gateways.submit(rounds(gateway)));
                }
                // and a reader all the while
                while (!runs.stream().allMatch(Future::isDone)) {
                    assertThat(world.actor("carol").readAll().values())
                            .hasSize(MESSAGES)
                            .noneMatch(MigrationTest::notReadable);
                }
                for (Future<Integer> run : runs) {
                    assertThat(run.get()).isPositive();
                }
            } finally {
                gateways.shutdownNow();
            }
            int headers = 0;
            for (long after = 0; after < MESSAGES; after += 1000) {
                long from = after;
                for (Row row : one.read(
                        Scopes.of(world.group),
                        tx -> tx.scan(Table.HEADER, HeaderRow.prefix(1), HeaderRow.key(1, from), 1000))) {
                    HeaderRow header = HeaderRow.decode(row.value());
                    assertThat(header.epoch()).isEqualTo(2);
                    assertThat(header.version()).isEqualTo(1);
                    headers++;
                }
            }
            assertThat(headers).isEqualTo(MESSAGES);
            assertThat(world.actor("carol").readAll().values())
                    .hasSize(MESSAGES)
                    .noneMatch(MigrationTest::notReadable);
        }
    }

    private static Callable<Integer> rounds(StoreHost gateway) {
        return () -> {
            int rounds = 0;
            gateway.rebuild();
            while (gateway.round()) {
                rounds++;
            }
            return rounds + 1;
        };
    }

    private static InstantSource racing(World world) {
        AtomicLong calls = new AtomicLong();
        return () -> world.now().plus(Duration.ofMillis(Jobs.LEASE_MILLIS + 1).multipliedBy(calls.incrementAndGet()));
    }
}
