// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.Table;

/** What only several gateways on one server can get wrong. */
@Timeout(120)
class PostgresRowStoreTest {

    private static final int GATEWAYS = 4;
    private static final Octets SCOPE = Octets.utf8("s");
    private static final Octets KEY = Octets.utf8("k");

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = RealPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void gateways_that_start_together_migrate_once_and_count_together() throws Exception {
        DataSource dataSource = database("together", "SET default_transaction_isolation = 'serializable'");
        ExecutorService pool = Executors.newFixedThreadPool(GATEWAYS);
        try {
            Callable<Object> gateway = () -> {
                JdbcRowStore store = JdbcRowStore.open(dataSource);
                for (int i = 0; i < 25; i++) {
                    store.transact(SCOPE, tx -> {
                        long before =
                                tx.get(Table.COUNTER, KEY).map(Octets::toLong).orElse(0L);
                        tx.put(Table.COUNTER, KEY, Octets.ofLong(before + 1));
                        return null;
                    });
                }
                return null;
            };
            List<Callable<Object>> all = new ArrayList<>(Collections.nCopies(GATEWAYS, gateway));
            for (Future<Object> done : pool.invokeAll(all)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(JdbcRowStore.open(dataSource).<Optional<Octets>>read(SCOPE, tx -> tx.get(Table.COUNTER, KEY)))
                .contains(Octets.ofLong(GATEWAYS * 25L));
    }

    @Test
    void a_connection_cut_by_the_server_means_nothing_happened() throws Exception {
        DataSource dataSource = database("cut", "SET lock_timeout = 0");
        JdbcRowStore store = JdbcRowStore.open(dataSource);
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> store.transact(SCOPE, tx -> {
                    tx.put(Table.GROUP, KEY, KEY);
                    execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cut'");
                    tx.put(Table.LOG, KEY, KEY);
                    return null;
                }))
                .matches(e -> e.code() == ErrorCode.STORAGE_UNAVAILABLE);
        assertThat(store.<Boolean>read(SCOPE, tx -> tx.get(Table.GROUP, KEY).isPresent()))
                .isFalse();
    }

    private static DataSource database(String name, String setting) {
        execute("CREATE DATABASE " + name);
        execute("ALTER DATABASE " + name + " " + setting);
        return postgres.getDatabase("postgres", name);
    }

    private static void execute(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
