// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions per second, each of one read and three writes of 300 octets, beside bare JDBC commits of one insert. Not part of
 * the build: {@code mvn -pl bundles/repository-jdbc -am test -Dtest=CommitRateMeasure -DexcludedGroups=}
 */
@Tag("measure")
class CommitRateMeasure {

    private static final Logger LOG = LoggerFactory.getLogger(CommitRateMeasure.class);
    private static final int WARM_UP = 500;
    private static final int COMMITS = 3_000;
    private static final Octets VALUE = Octets.of(new byte[300]);

    @TempDir
    private Path directory;

    @Test
    void derby() throws Exception {
        try (LocalRowStore store = LocalRowStore.open(directory.resolve("store"))) {
            measure("Derby", store);
        }
        try (Connection connection =
                DriverManager.getConnection("jdbc:derby:" + directory.resolve("bare") + ";create=true")) {
            bare("Derby", connection, "BLOB", "VARCHAR(64) FOR BIT DATA NOT NULL");
        }
    }

    @Test
    void postgresql() throws Exception {
        try (EmbeddedPostgres postgres = RealPostgres.start();
                JdbcRowStore store = JdbcRowStore.open(postgres.getPostgresDatabase(), 8)) {
            measure("PostgreSQL", store);
            try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
                bare("PostgreSQL", connection, "BYTEA", "BYTEA NOT NULL");
            }
        }
    }

    private static void measure(String database, RowStore store) throws Exception {
        commits(store, 1, WARM_UP);
        LOG.info("{}: {} transactions/s by one thread", database, commits(store, 1, COMMITS));
        LOG.info("{}: {} transactions/s by 8 threads in 8 scopes", database, commits(store, 8, COMMITS));
    }

    private static long commits(RowStore store, int threads, int total) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long start = System.nanoTime();
        try {
            List<Callable<Object>> writers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Octets scope = Octets.ofLong(thread);
                writers.add(() -> {
                    for (int i = 0; i < total / threads; i++) {
                        event(store, scope);
                    }
                    return null;
                });
            }
            for (Future<Object> done : pool.invokeAll(writers)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        return perSecond(total, start);
    }

    private static void event(RowStore store, Octets scope) {
        store.transact(scope, tx -> {
            long next = tx.get(Table.COUNTER, Octets.EMPTY).map(Octets::toLong).orElse(0L) + 1;
            tx.put(Table.COUNTER, Octets.EMPTY, Octets.ofLong(next));
            tx.put(Table.PART, Octets.ofLong(next % 64), VALUE);
            tx.put(Table.LOG, Octets.ofLong(next), VALUE);
            return null;
        });
    }

    private static void bare(String database, Connection connection, String value, String key) throws Exception {
        connection.createStatement().execute("CREATE TABLE bare (k " + key + " PRIMARY KEY, v " + value + ")");
        connection.setAutoCommit(false);
        long start = System.nanoTime();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO bare VALUES (?, ?)")) {
            for (int i = 0; i < COMMITS; i++) {
                insert.setBytes(1, Octets.ofLong(i).toByteArray());
                insert.setBytes(2, VALUE.toByteArray());
                assertThat(insert.executeUpdate()).isEqualTo(1);
                connection.commit();
            }
        }
        LOG.info("{}: {} bare commits/s of one insert", database, perSecond(COMMITS, start));
    }

    private static long perSecond(int count, long start) {
        return Math.round(count / ((System.nanoTime() - start) / 1e9));
    }
}
