// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
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
 * What a job costs beside its cryptography alone, and beside the naive way, in which a client fetches, opens, seals anew and
 * writes back. Run by hand: {@code -Dsekisho.headers=N}. Prints one line of JSON for each figure.
 */
class JobCost {

    private static final int HEADERS = Integer.getInteger("sekisho.headers", 3_000);

    @TempDir
    Path directory;

    @Test
    void derby() throws Exception {
        try (LocalRowStore rows = LocalRowStore.open(directory.resolve("derby"))) {
            measure("derby", rows);
        }
    }

    @Test
    void postgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                BasicDataSource pool = new BasicDataSource()) {
            pool.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
            try (JdbcRowStore rows = JdbcRowStore.open(pool)) {
                measure("postgresql", rows);
            }
        }
    }

    private void measure(String name, RowStore rows) {
        try (World world = new World(rows, directory.resolve("keys-" + name), History.FULL)) {
            world.commit("alice", "bob");
            long begun = System.nanoTime();
            for (int i = 0; i < HEADERS; i++) {
                world.actor("alice").send("message " + i);
            }
            print("deposit." + name, System.nanoTime() - begun, "", 0);
            List<Octets> headers = rows.read(
                    Scopes.of(world.group),
                    (RowTx tx) -> tx.scan(Table.HEADER, HeaderRow.prefix(1), Octets.EMPTY, HEADERS).stream()
                            .map(Row::value)
                            .map(value -> HeaderRow.decode(value).header())
                            .toList());
            for (int epoch = 2; epoch <= 4; epoch++) {
                world.commit("alice", "bob");
                long crypto = crypto(world, headers);
                world.actor("alice").sponsor();
                world.actor("bob").confirm();
                world.store.rebuild();
                long start = System.nanoTime();
                while (world.store.round()) {
                    Thread.onSpinWait();
                }
                long job = System.nanoTime() - start;
                print("job." + name, job, "one core of multiplications alone", (double) job / crypto);
                long naive = naive(world);
                print("naive." + name, naive, "the job", (double) naive / job);
            }
        }
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
        java.util.Optional<String> cursor = java.util.Optional.empty();
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
