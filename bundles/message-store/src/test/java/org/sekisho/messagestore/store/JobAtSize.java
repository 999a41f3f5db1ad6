// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.GroupPoint;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.repositoryjdbc.LocalRowStore;

/**
 * One job over very many headers, each checked afterwards. Run by hand, with a small heap: {@code -Xmx64m -Dsekisho.headers=1000000}.
 * The headers are real ones, a thousand of them again and again; the messages they belong to are left out.
 */
class JobAtSize {

    private static final int HEADERS = Integer.getInteger("sekisho.headers", 20_000);
    private static final int DISTINCT = 1_000;
    private static final int PAGE = 500;

    @TempDir
    Path directory;

    @Test
    void every_header_is_turned_in_constant_memory() throws Exception {
        try (LocalRowStore rows = LocalRowStore.open(directory.resolve("derby"));
                World world = new World(rows, directory.resolve("keys"), History.FULL)) {
            world.commit("alice", "bob");
            world.actor("alice").send("the first, so that the cohort is there");
            List<Octets> headers = headers(world);
            long begun = System.nanoTime();
            fill(world, headers);
            print("put", begun);
            world.commit("alice", "bob");
            world.actor("alice").sponsor();
            world.actor("bob").confirm();
            world.store.rebuild();
            begun = System.nanoTime();
            long most = 0;
            while (world.store.round()) {
                most = Math.max(
                        most,
                        Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory());
            }
            print(
                    "turned, heap at most " + (most >> 20) + " of "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
                    begun);
            begun = System.nanoTime();
            check(world, headers);
            print("checked", begun);
        }
    }

    private static List<Octets> headers(World world) {
        List<Octets> headers = new ArrayList<>();
        try (EpochScalar scalar = world.actor("alice").scalar(1, 1)) {
            for (int i = 0; i < DISTINCT; i++) {
                headers.add(scalar.encapsulate(
                                Octets.of(world.actor("alice").entropy.next(16)), world.actor("alice").entropy)
                        .header()
                        .bytes());
            }
        }
        return headers;
    }

    /** Positions 2 to {@link #HEADERS}, a page in each transaction. */
    private static void fill(World world, List<Octets> headers) {
        for (int from = 2; from <= HEADERS; from += PAGE) {
            List<Row> page = new ArrayList<>();
            for (int n = from; n < from + PAGE && n <= HEADERS; n++) {
                page.add(new Row(
                        HeaderRow.key(1, n),
                        HeaderRow.deposited(1, headers.get(n % DISTINCT)).encode()));
            }
            world.rows.transact(Scopes.of(world.group), tx -> {
                tx.putAll(Table.HEADER, page);
                return null;
            });
        }
    }

    private static void check(World world, List<Octets> headers) {
        List<Octets> turned = new ArrayList<>();
        try (EpochScalar one = world.actor("alice").scalar(1, 1);
                EpochScalar two = world.actor("alice").scalar(1, 2);
                ReEncryptionToken token = one.tokenTo(two)) {
            headers.forEach(
                    header -> turned.add(token.apply(new GroupPoint(header)).bytes()));
        }
        long seen = 1;
        for (List<Row> page; !(page = page(world, seen)).isEmpty(); ) {
            for (Row row : page) {
                seen++;
                HeaderRow header = HeaderRow.decode(row.value());
                if (HeaderRow.position(row.key()) != seen
                        || header.epoch() != 2
                        || header.version() != 1
                        || !header.header().equals(turned.get((int) (seen % DISTINCT)))) {
                    throw new AssertionError("header " + seen + " is " + header);
                }
            }
        }
        assertThat(seen).isEqualTo(HEADERS);
    }

    private static List<Row> page(World world, long after) {
        return world.rows.read(
                Scopes.of(world.group),
                (RowTx tx) -> tx.scan(Table.HEADER, HeaderRow.prefix(1), HeaderRow.key(1, after), PAGE));
    }

    private static void print(String what, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.println(String.format(
                Locale.ROOT, "%d headers %s: %.1f s, %.0f us each", HEADERS, what, seconds, seconds * 1e6 / HEADERS));
    }
}
