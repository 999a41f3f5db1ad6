// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.Deposit;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.GroupPoint;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.crypto.pre.StoredOpener;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.repositoryjdbc.JdbcRowStore;
import org.sekisho.repositoryjdbc.LocalRowStore;

/**
 * What the store costs: deposits and reads beside bare JDBC of the same octets, jobs beside their cryptography alone, on one worker and
 * on two, and beside the naive way, in which a client fetches, opens, seals anew and writes back. Run by hand: {@code
 * -Dsekisho.headers=N}. Prints one line of JSON for each figure.
 */
class JobCost {

    private static final int HEADERS = Integer.getInteger("sekisho.headers", 3_000);
    private static final int BLOCK = 100;
    private static final int PAGE = 500;

    @TempDir
    Path directory;

    @Test
    void derby() throws Exception {
        try (LocalRowStore rows = LocalRowStore.open(directory.resolve("derby"));
                Connection bare =
                        DriverManager.getConnection("jdbc:derby:" + directory.resolve("bare") + ";create=true")) {
            measure("derby", rows, new Bare(bare, "BLOB"));
        }
    }

    @Test
    void postgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                BasicDataSource pool = new BasicDataSource();
                Connection bare = postgres.getPostgresDatabase().getConnection()) {
            pool.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
            try (JdbcRowStore rows = JdbcRowStore.open(pool)) {
                measure("postgresql", rows, new Bare(bare, "BYTEA"));
            }
        }
    }

    /** One table with the same octets, a commit for each message. */
    private static final class Bare {

        private final Connection connection;
        private final PreparedStatement insert;
        private final PreparedStatement select;
        private long n;

        Bare(Connection connection, String type) throws SQLException {
            this.connection = connection;
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE bare (n BIGINT PRIMARY KEY, v " + type + " NOT NULL)");
            }
            connection.commit();
            insert = connection.prepareStatement("INSERT INTO bare (n, v) VALUES (?, ?)");
            select = connection.prepareStatement(
                    "SELECT v FROM bare WHERE n > ? ORDER BY n FETCH FIRST " + PAGE + " ROWS ONLY");
        }

        void put(int octets) throws SQLException {
            insert.setLong(1, ++n);
            insert.setBytes(2, new byte[octets]);
            insert.executeUpdate();
            connection.commit();
        }

        int page(long after) throws SQLException {
            int rows = 0;
            select.setLong(1, after);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows += found.getBytes(1).length > 0 ? 1 : 0;
                }
            }
            connection.commit();
            return rows;
        }
    }

    private void measure(String name, RowStore rows, Bare bare) throws SQLException {
        ExecutorService single = Executors.newSingleThreadExecutor();
        try (World world = new World(rows, directory.resolve("keys-" + name), History.FULL);
                StoreHost one = world.gateway(rows, world.clock(), single)) {
            world.commit("alice", "bob");
            deposits(name, world, bare);
            reads(name, world, bare);
            List<Octets> headers = headers(world);
            for (int epoch = 2; epoch <= 7; epoch++) {
                world.commit("alice", "bob");
                long crypto = crypto(world, headers);
                world.actor("alice").sponsor();
                world.actor("bob").confirm();
                StoreHost host = epoch % 2 == 0 ? one : world.store;
                host.rebuild();
                long start = System.nanoTime();
                while (host.round()) {
                    Thread.onSpinWait();
                }
                long job = System.nanoTime() - start;
                String workers = host == one ? ".1worker" : ".2workers";
                print("job." + name + workers, job, "one core of multiplications alone", (double) job / crypto);
                if (epoch % 3 == 0) {
                    long naive = naive(world);
                    print("naive." + name, naive, "the job", (double) naive / job);
                }
            }
        } finally {
            single.shutdownNow();
        }
    }

    /** Sealed before the clock runs: what is measured is the gateway's work. In turns, so that others disturb both alike. */
    private static void deposits(String name, World world, Bare bare) throws SQLException {
        Actor alice = world.actor("alice");
        long store = 0;
        long jdbc = 0;
        for (int done = 0; done < HEADERS; done += BLOCK) {
            List<Deposit> block = new ArrayList<>();
            for (int i = 0; i < BLOCK; i++) {
                block.add(alice.seal(("message " + (done + i)).getBytes(UTF_8), world.epoch()));
            }
            long begun = System.nanoTime();
            block.forEach(deposit -> alice.store.deposit(alice.caller, world.group, deposit));
            long between = System.nanoTime();
            for (Deposit deposit : block) {
                bare.put(octets(deposit));
            }
            store += between - begun;
            jdbc += System.nanoTime() - between;
        }
        print("deposit." + name, store, "bare JDBC", (double) store / jdbc);
    }

    private static int octets(Deposit deposit) {
        return deposit.meta().size()
                + deposit.signature().size()
                + deposit.header().size()
                + 32 * deposit.hashes().size()
                + deposit.chunks().stream().mapToInt(Octets::size).sum();
    }

    private static void reads(String name, World world, Bare bare) throws SQLException {
        Actor alice = world.actor("alice");
        long store = 0;
        long jdbc = 0;
        Optional<String> cursor = Optional.empty();
        for (int done = 0; done < HEADERS; done += PAGE) {
            long begun = System.nanoTime();
            Page<StoredMessage> page = alice.store.list(alice.caller, world.group, world.epoch(), cursor, PAGE);
            long between = System.nanoTime();
            int rows = bare.page(done);
            store += between - begun;
            jdbc += System.nanoTime() - between;
            if (rows != page.items().size()) {
                throw new IllegalStateException(rows + " and " + page.items().size());
            }
            cursor = page.next();
        }
        print("fetch." + name, store, "bare JDBC", (double) store / jdbc);
    }

    private static List<Octets> headers(World world) {
        List<Octets> headers = new ArrayList<>();
        for (List<Row> page; !(page = page(world, headers.size())).isEmpty(); ) {
            page.forEach(row -> headers.add(HeaderRow.decode(row.value()).header()));
        }
        return headers;
    }

    private static List<Row> page(World world, long after) {
        return world.rows.read(
                Scopes.of(world.group),
                (RowTx tx) -> tx.scan(Table.HEADER, HeaderRow.prefix(1), HeaderRow.key(1, after), PAGE));
    }

    private static long crypto(World world, List<Octets> headers) {
        try (EpochScalar one = world.actor("alice").scalar(1, 1);
                EpochScalar two = world.actor("alice").scalar(1, 2);
                ReEncryptionToken token = one.tokenTo(two)) {
            long start = System.nanoTime();
            headers.forEach(header -> token.apply(new GroupPoint(header)));
            return System.nanoTime() - start;
        }
    }

    /** Fetch, open, seal anew; what is written back is put with one batch for each page. */
    private static long naive(World world) {
        Actor alice = world.actor("alice");
        long start = System.nanoTime();
        Optional<String> cursor = Optional.empty();
        do {
            var page = alice.store.list(alice.caller, world.group, world.epoch(), cursor, 500);
            List<Row> fresh = new ArrayList<>();
            for (StoredMessage message : page.items()) {
                var content = message.content().orElseThrow();
                MessageMeta meta = MetaCodec.decode(content.meta());
                try (EpochScalar scalar = alice.scalar(1, world.epoch())) {
                    if (!StoredOpener.opens(meta, scalar, content.header())) {
                        throw new IllegalStateException("does not open");
                    }
                    Octets sealed = scalar.encapsulate(meta.message().value(), alice.entropy)
                            .header()
                            .bytes();
                    fresh.add(new Row(
                            HeaderRow.key(1, message.n()),
                            HeaderRow.deposited(world.epoch(), content.header()).encode()));
                    if (sealed.equals(content.header())) {
                        throw new IllegalStateException("not fresh");
                    }
                }
            }
            world.rows.transact(Scopes.of(world.group), tx -> {
                tx.putAll(Table.HEADER, fresh);
                return null;
            });
            cursor = page.next();
        } while (cursor.isPresent());
        return System.nanoTime() - start;
    }

    private static void print(String name, long nanos, String against, double ratio) {
        System.out.println(String.format(
                Locale.ROOT,
                "{\"name\":\"messagestore.%s\",\"value\":%.1f,\"unit\":\"us per message\",\"against\":\"%s\",\"ratio\":%.2f}",
                name,
                nanos / 1e3 / HEADERS,
                against,
                ratio));
    }
}
