// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.dbcp2.BasicDataSource;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.sekisho.repositoryjdbc.JdbcRowStore;
import org.sekisho.repositoryjdbc.LocalRowStore;

/** One host transaction (a read and three rows under the scope's lock) on Derby and PostgreSQL, against one bare JDBC insert and commit. */
final class StoreBench implements Benchmark {

    private static final byte[] ROW = new byte[300];

    @Override
    public String name() {
        return "store";
    }

    @Override
    public List<Figure> run() throws Exception {
        Path directory = Files.createTempDirectory("sekisho-bench");
        List<Figure> figures = new ArrayList<>();
        try (LocalRowStore store = LocalRowStore.open(directory.resolve("store"));
                Connection bare =
                        DriverManager.getConnection("jdbc:derby:" + directory.resolve("bare") + ";create=true")) {
            figures.addAll(compare("store.derby", store, bare, "varchar(1000) for bit data"));
        } finally {
            delete(directory);
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                BasicDataSource pool = pool(postgres);
                JdbcRowStore store = JdbcRowStore.open(pool);
                Connection bare = postgres.getPostgresDatabase().getConnection()) {
            figures.addAll(compare("store.postgresql", store, bare, "bytea"));
        }
        return figures;
    }

    private static BasicDataSource pool(EmbeddedPostgres postgres) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        pool.setPoolPreparedStatements(true);
        return pool;
    }

    private static List<Figure> compare(String name, RowStore store, Connection bare, String octets) throws Exception {
        try (Statement create = bare.createStatement()) {
            create.execute("create table bare(k bigint primary key, v " + octets + ")");
        }
        bare.setAutoCommit(false);
        try (PreparedStatement insert = bare.prepareStatement("insert into bare values(?, ?)")) {
            long[] n = {0};
            Octets scope = Octets.of(new byte[16]);
            Sampler.Task subject = () -> store.<Object>transact(scope, tx -> {
                Octets key = Octets.ofLong(++n[0]);
                tx.get(Table.GROUP, scope);
                tx.put(Table.LOG, key, Octets.of(ROW));
                tx.put(Table.COUNTER, scope, key);
                tx.put(Table.SEEN, scope, key);
                return key;
            });
            long[] m = {0};
            Sampler.Task baseline = () -> {
                insert.setLong(1, ++m[0]);
                insert.setBytes(2, ROW);
                insert.executeUpdate();
                bare.commit();
                return m;
            };
            String against = "one bare JDBC insert and commit";
            Figure time = new Sampler(15, 100).compare(name + ".transaction", subject, against, baseline);
            return List.of(time, new Figure(name + ".events", 1e6 / time.value(), "1/s", against, 1 / time.ratio()));
        }
    }

    private static void delete(Path directory) throws java.io.IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
