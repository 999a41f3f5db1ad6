// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Table;
import org.sekisho.repositoryjdbc.JdbcRowStore;
import org.sekisho.testkit.store.StoreDigest;

/**
 * What the running gateway has in its database, read from a copy of Derby's files while nothing writes: the copy is recovered as
 * after a crash, so it has all that was committed.
 */
final class GatewayRows {

    private GatewayRows() {}

    /** The {@link #digest} once nothing changes any more: what clients had under way when they went comes to its end. */
    static Map<Table, Hash> settled(GatewayProcess gateway) throws IOException, InterruptedException {
        Map<Table, Hash> before = digest(gateway);
        for (int i = 0; i < 30; i++) {
            TimeUnit.SECONDS.sleep(2);
            Map<Table, Hash> now = digest(gateway);
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
        throw new IllegalStateException("the gateway does not come to rest");
    }

    /** A hash of every table but that of answers kept for repeated requests, without the hosts' clock. */
    static Map<Table, Hash> digest(GatewayProcess gateway) throws IOException {
        Path copy = Files.createTempDirectory("sekisho-rows");
        try {
            Path database = copy.resolve("sekisho");
            copy(gateway.home().resolve("data/derby/sekisho"), database);
            return read(database);
        } finally {
            Demo.delete(copy);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.sorted(Comparator.naturalOrder()).toList()) {
                if (!path.getFileName().toString().endsWith(".lck")) {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                }
            }
        }
    }

    private static Map<Table, Hash> read(Path database) {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(database.toString());
        Map<Table, Hash> digests = new EnumMap<>(Table.class);
        try (JdbcRowStore rows = JdbcRowStore.open(source)) {
            // the hosts note the time every few seconds, whatever happens
            rows.transact(Octets.utf8("host"), tx -> {
                tx.delete(Table.COUNTER, Octets.utf8("lived"));
                return Octets.EMPTY;
            });
            for (Table table : Table.values()) {
                if (table != Table.REPLY) {
                    digests.put(table, StoreDigest.of(rows, others(table)));
                }
            }
        } finally {
            source.setShutdownDatabase("shutdown");
            try {
                source.getConnection().close();
            } catch (SQLException said) {
                // how Derby says that a database is shut down
            }
        }
        return digests;
    }

    private static Table[] others(Table table) {
        return Stream.of(Table.values()).filter(t -> t != table).toArray(Table[]::new);
    }
}
