// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Table;
import org.sekisho.repositoryjdbc.LocalRowStore;

/** One host transaction on embedded Derby (a read and three rows under the scope's lock), against one bare JDBC insert and commit. */
final class StoreBench implements Benchmark {

    private static final byte[] ROW = new byte[300];

    @Override
    public String name() {
        return "store";
    }

    @Override
    public List<Figure> run() throws Exception {
        Path directory = Files.createTempDirectory("sekisho-bench");
        try (LocalRowStore store = LocalRowStore.open(directory.resolve("store"));
                Connection bare =
                        DriverManager.getConnection("jdbc:derby:" + directory.resolve("bare") + ";create=true")) {
            try (Statement create = bare.createStatement()) {
                create.execute("create table bare(k bigint primary key, v varchar(1000) for bit data)");
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
                return List.of(new Sampler(15, 100)
                        .compare("store.derby.transaction", subject, "one bare JDBC insert and commit", baseline));
            }
        } finally {
            delete(directory);
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
