// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.SekishoException;
import org.sekisho.client.Group;
import org.sekisho.client.SearchHit;
import org.sekisho.client.SearchResult;
import org.sekisho.searchindex.protocol.Cursor;

/**
 * Search on the real distribution while people write: across a removal, kills of the gateway, and exchanges of the index's bundle.
 * What was acknowledged and indexed is found, each once, and nothing else.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SearchIT {

    private static final Duration PATIENCE = Town.PATIENCE;
    private static final int SAYINGS = Integer.getInteger("sekisho.search.sayings", 24);
    private static final int KILLS = Integer.getInteger("sekisho.search.kills", 1);
    private static final int PAGE = 10;

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Queue<String> SAID = new ConcurrentLinkedQueue<>();
    private static Town town;

    @BeforeAll
    static void open() throws Exception {
        town = new Town(Duration.ofDays(1), "ann", "ben", "cho");
    }

    @AfterAll
    static void shut() throws Exception {
        town.close();
    }

    /** What everybody said so far has both of these, in two languages, and a word of its own. */
    private static String say(Person person) {
        String text = "Meet me at the harbour, said " + person.name() + " as number" + NUMBER.incrementAndGet()
                + ". 出雲大社の港で会いましょう。";
        group(person).send(text);
        SAID.add(text);
        return text;
    }

    private static Group group(Person person) {
        return person.group(town.group.id());
    }

    private static String ownWord(String text) {
        return text.substring(text.indexOf("number"), text.indexOf('.'));
    }

    private static List<String> found(Person reader, String query) {
        List<String> texts = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            SearchResult page = group(reader).search(query, PAGE, next);
            assertThat(page.missing()).as(query).isZero();
            assertThat(page.unsearched()).as(query).isZero();
            page.hits().stream().map(SearchHit::text).forEach(texts::add);
            next = page.next();
        } while (next.isPresent());
        return texts;
    }

    private static void everythingIsFound(List<Person> readers) throws Exception {
        for (Person person : town.people) {
            group(person).index();
        }
        for (Person reader : readers) {
            assertThat(Deadline.await(PATIENCE, () -> SAID.stream()
                            .allMatch(t -> t.contains(reader.name() + " as") || reader.times(t) > 0)))
                    .as("%s has read everything", reader.name())
                    .isTrue();
            for (String query : List.of("harbour", "\"出雲大社の港\"", "meet AND 会い")) {
                assertThat(found(reader, query))
                        .as("%s: %s", reader.name(), query)
                        .containsExactlyInAnyOrderElementsOf(SAID);
            }
            List<String> all = List.copyOf(SAID);
            for (int i = reader == readers.get(0) ? 0 : 1; i < all.size(); i += 3) {
                assertThat(found(reader, ownWord(all.get(i)) + " AND 港")).containsExactly(all.get(i));
            }
            for (String query : List.of("harbor", "number", "\"港で出雲\"", "harbour AND 神社")) {
                assertThat(found(reader, query))
                        .as("%s: %s", reader.name(), query)
                        .isEmpty();
            }
        }
    }

    private static void compactEverything() {
        boolean more = true;
        while (more) {
            more = false;
            for (Person person : town.people) {
                more |= group(person).compactIndex();
            }
        }
    }

    @Order(1)
    @Test
    void foundBeforeAndAfterARemoval() throws Exception {
        for (Person person : town.people) {
            say(person);
            say(person);
        }
        everythingIsFound(town.people);
        Person gone = town.people.get(2);
        town.group.remove(gone.leaf());
        assertThat(Deadline.await(
                        PATIENCE,
                        () -> group(town.people.get(1)).epoch() == town.group.epoch()
                                && town.group.members().size() == 2))
                .isTrue();
        town.people.remove(gone);
        try (gone) {
            for (Person person : town.people) {
                say(person);
            }
            // the segments from before are searched at home, then written again under the new key
            everythingIsFound(town.people);
            compactEverything();
            everythingIsFound(town.people);
            SekishoException denied = null;
            try {
                group(gone).search("harbour", PAGE);
            } catch (SekishoException e) {
                denied = e;
            }
            assertThat(denied).isNotNull();
            assertThat(denied.code().category()).isEqualTo(ErrorCode.Category.DENIED);
        }
    }

    /** Works until told to end; what a gateway that is away or dies explains is passed over. */
    private static final class Worker implements AutoCloseable {

        private final AtomicBoolean running = new AtomicBoolean(true);
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger done = new AtomicInteger();
        private final Thread thread;

        Worker(String name, Runnable work) {
            thread = new Thread(() -> run(work), name);
            thread.start();
        }

        private void run(Runnable work) {
            while (running.get()) {
                try {
                    work.run();
                    done.incrementAndGet();
                } catch (SekishoException e) {
                    boolean away = e.code().category() == ErrorCode.Category.UNAVAILABLE
                            || e.code().category() == ErrorCode.Category.INDETERMINATE;
                    if (!away) {
                        failures.add(e);
                    }
                } catch (RuntimeException | AssertionError e) {
                    failures.add(e);
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            running.set(false);
            thread.join();
            assertThat(failures).as(thread.getName()).isEmpty();
        }
    }

    @Order(2)
    @Test
    void nothingIsLostByKills() throws Exception {
        Random random = new Random(Long.getLong("sekisho.seed", 20261121L));
        List<Worker> writers = new ArrayList<>();
        int before = SAID.size();
        for (Person person : town.people) {
            // a segment for each message: so there is something to merge
            writers.add(new Worker("writer " + person.name(), () -> {
                say(person);
                group(person).index();
            }));
        }
        killed(random, () -> SAID.size() > before + 4);
        assertThat(Deadline.await(PATIENCE, () -> SAID.size() > before + SAYINGS))
                .isTrue();
        for (Worker writer : writers) {
            writer.close();
        }
        everythingIsFound(town.people);

        AtomicInteger rounds = new AtomicInteger();
        List<Worker> mergers = new ArrayList<>();
        for (Person person : town.people) {
            mergers.add(new Worker("merger " + person.name(), () -> {
                say(person);
                group(person).index();
                boolean worked = group(person).compactIndex();
                rounds.addAndGet(worked ? 1 : 0);
            }));
        }
        killed(random, () -> rounds.get() > 0);
        int now = rounds.get();
        Deadline.await(Duration.ofSeconds(3), () -> rounds.get() > now);
        for (Worker merger : mergers) {
            merger.close();
        }
        compactEverything();
        assertThat(group(town.people.get(0)).indexStatus().live()).isLessThan(SAID.size());
        everythingIsFound(town.people);
    }

    /** SIGKILL at random moments of work that has begun. */
    private static void killed(Random random, java.util.function.BooleanSupplier begun) throws Exception {
        assertThat(Deadline.await(PATIENCE, begun)).isTrue();
        for (int i = 0; i < KILLS; i++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
            ProcessHandle java = town.gateway.java();
            town.gateway.kill();
            assertThat(java.isAlive()).as("the process was killed").isFalse();
            town.gateway.start();
            town.gateway.awaitReady(Duration.ofSeconds(120));
        }
    }

    @Order(3)
    @Test
    void everyAnswerIsRightWhileTheBundleIsExchanged() throws Exception {
        List<String> all = List.copyOf(SAID);
        List<Worker> readers = new ArrayList<>();
        for (Person person : town.people) {
            Random random = new Random(person.name().hashCode());
            readers.add(new Worker("reader " + person.name(), () -> {
                String text = all.get(random.nextInt(all.size()));
                assertThat(found(person, ownWord(text))).containsExactly(text);
            }));
        }
        for (String command : List.of(
                "bundle:update org.sekisho.searchindex",
                "bundle:stop org.sekisho.searchindex",
                "bundle:start org.sekisho.searchindex",
                "bundle:update org.sekisho.searchindex")) {
            List<Integer> done = readers.stream().map(r -> r.done.get()).toList();
            town.gateway.console(command);
            boolean there = !command.contains("stop");
            assertThat(!there || Deadline.await(PATIENCE, () -> moved(readers, done)))
                    .as("answers go on after %s", command)
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        for (Worker reader : readers) {
            reader.close();
        }
        everythingIsFound(town.people);
    }

    private static boolean moved(List<Worker> readers, List<Integer> before) {
        for (int i = 0; i < readers.size(); i++) {
            if (readers.get(i).done.get() < before.get(i) + 5) {
                return false;
            }
        }
        return true;
    }
}
