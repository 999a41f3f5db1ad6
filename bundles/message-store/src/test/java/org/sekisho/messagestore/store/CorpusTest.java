// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.DeniedException;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.group.History;
import org.sekisho.api.messagestore.StoredMessage;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.Table;
import org.sekisho.codec.store.MetaCodec;
import org.sekisho.crypto.pre.EpochScalar;
import org.sekisho.crypto.pre.StoredOpener;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.MessageRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.repositoryjdbc.LocalRowStore;

/**
 * What people really wrote, stored while members come and go, and read back message by message by whom the policy says and by nobody
 * else. A sample in the build; {@code -Dsekisho.corpus.lines=195615} takes all of it, with {@code -Dsekisho.corpus.figures} it prints
 * how long that took. Memory does not depend on the number of messages.
 */
class CorpusTest {

    private static final int LINES = Integer.getInteger("sekisho.corpus.lines", 400);
    private static final boolean FIGURES = Boolean.getBoolean("sekisho.corpus.figures");
    private static final Path CORPUS = Path.of("..", "..", "..", "shared", "corpus", "irc-en.tsv");

    /** Who is in the group while each quarter is written: one is removed, two are added. */
    private static final List<List<String>> MEMBERS = List.of(
            List.of("alice", "bob", "carol"),
            List.of("alice", "bob"),
            List.of("alice", "bob", "dave"),
            List.of("alice", "bob", "dave", "erin"));

    @TempDir
    Path directory;

    private Path corpus;
    private int messages;
    private final List<Long> cohorts = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(History.class)
    void everything_is_readable_by_whom_the_policy_says(History history) throws IOException {
        corpus = Stream.of(CORPUS, Path.of("..", "shared", "corpus", "irc-en.tsv"))
                .filter(Files::exists)
                .findFirst()
                .orElse(CORPUS);
        assumeTrue(Files.exists(corpus), () -> "no corpus beside the repository: skipped");
        try (Stream<String> lines = texts()) {
            messages = (int) lines.count();
        }
        try (LocalRowStore rows = LocalRowStore.open(directory.resolve(history.name()));
                World world = new World(rows, directory.resolve("keys-" + history), history)) {
            write(world);
            for (String name : List.of("alice", "dave", "erin")) {
                long begun = System.nanoTime();
                int seen = check(world, world.actor(name));
                figure(history + ": " + name + " read and checked", seen, begun);
            }
            Actor removed = world.actor("carol");
            assertThatThrownBy(() -> removed.store.list(removed.caller, world.group, 1, Optional.empty(), 1))
                    .isInstanceOf(DeniedException.class);
            long begun = System.nanoTime();
            int opened = withTheDatabase(world, removed);
            figure(history + ": the removed member tried on the database", messages, begun);
            assertThat(opened).isZero();
        }
    }

    private Stream<String> texts() throws IOException {
        return Files.lines(corpus).limit(LINES).map(line -> line.substring(line.lastIndexOf('\t') + 1));
    }

    private int quarter(int i) {
        return Math.min(MEMBERS.size() - 1, i / Math.max(1, messages / MEMBERS.size()));
    }

    private void write(World world) throws IOException {
        try (Stream<String> lines = texts()) {
            int now = -1;
            int i = 0;
            long begun = System.nanoTime();
            for (Iterator<String> each = lines.iterator(); each.hasNext(); i++) {
                if (quarter(i) != now) {
                    now = quarter(i);
                    figure(world.history + ": stored", i, begun);
                    turn(world, MEMBERS.get(now), i);
                    begun = System.nanoTime();
                }
                world.actor(i % 2 == 0 ? "alice" : "bob").send(each.next());
            }
            figure(world.history + ": stored", i, begun);
        }
    }

    private void turn(World world, List<String> members, int stored) {
        world.commit(members.toArray(String[]::new));
        cohorts.add(world.epochs.get((int) world.epoch() - 1).header().cohort());
        long begun = System.nanoTime();
        world.migrate("alice", "bob");
        figure(world.history + ": turned for " + members, stored, begun);
    }

    /** Everything that a member may see is there, in order, word for word; and nothing else. */
    private int check(World world, Actor reader) throws IOException {
        int seen = 0;
        try (Stream<String> lines = texts()) {
            Iterator<String> text = lines.iterator();
            Iterator<StoredMessage> shown = new Walk(world, reader);
            for (int i = 0; text.hasNext(); i++) {
                String expected = text.next();
                if (world.history == History.FULL || reader.joins.containsKey(cohorts.get(quarter(i)))) {
                    StoredMessage message = shown.next();
                    assertThat(message.n()).isEqualTo(i + 1);
                    assertThat(reader.open(message)).isEqualTo(expected);
                    seen++;
                }
            }
            assertThat(shown.hasNext()).as("%s is shown more", reader.name).isFalse();
        }
        return seen;
    }

    /** What somebody opens with every key it ever had and the rows themselves. */
    private int withTheDatabase(World world, Actor thief) {
        List<EpochScalar> scalars = new ArrayList<>();
        for (long epoch : thief.roots.keySet()) {
            for (long cohort : cohorts.stream().distinct().toList()) {
                if (thief.holds(cohort, epoch)) {
                    scalars.add(thief.scalar(cohort, epoch));
                }
            }
        }
        assertThat(scalars).isNotEmpty();
        int opened = 0;
        long after = 0;
        for (List<Row> page; !(page = page(world, after)).isEmpty(); ) {
            for (Row row : page) {
                after = row.key().toLong();
                MessageRow message = MessageRow.decode(row.value());
                var meta = MetaCodec.decode(message.present().orElseThrow().meta());
                long n = after;
                Octets header = world.rows.read(Scopes.of(world.group), tx -> HeaderRow.decode(
                                tx.get(Table.HEADER, HeaderRow.key(meta.cohort(), n))
                                        .orElseThrow())
                        .header());
                for (EpochScalar scalar : scalars) {
                    opened += StoredOpener.opens(meta, scalar, header) ? 1 : 0;
                }
            }
        }
        scalars.forEach(EpochScalar::close);
        return opened;
    }

    private static List<Row> page(World world, long after) {
        return world.rows.read(
                Scopes.of(world.group), tx -> tx.scan(Table.MESSAGE, Octets.EMPTY, MessageRow.key(after), 500));
    }

    /** What a member is shown, page by page. */
    private static final class Walk implements Iterator<StoredMessage> {

        private final World world;
        private final Actor reader;
        private Iterator<StoredMessage> page;
        private Optional<String> cursor;

        Walk(World world, Actor reader) {
            this.world = world;
            this.reader = reader;
            fetch(Optional.empty());
        }

        private void fetch(Optional<String> from) {
            Page<StoredMessage> fetched = reader.store.list(reader.caller, world.group, world.epoch(), from, 500);
            page = fetched.items().iterator();
            cursor = fetched.next();
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && cursor.isPresent()) {
                fetch(cursor);
            }
            return page.hasNext();
        }

        @Override
        public StoredMessage next() {
            hasNext();
            return page.next();
        }
    }

    private static void figure(String what, int messages, long begun) {
        if (FIGURES && messages > 0) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            Runtime vm = Runtime.getRuntime();
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s: %d messages, %.1f s, heap %d of %d MiB",
                    what,
                    messages,
                    seconds,
                    (vm.totalMemory() - vm.freeMemory()) >> 20,
                    vm.maxMemory() >> 20));
        }
    }
}
