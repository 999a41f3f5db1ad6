// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/** What every {@link RowStore} does, whatever is below it. Extend it and give it an empty or used store. */
@Timeout(120)
public abstract class RowStoreContract {

    private static final int THREADS = 8;
    private static final int INCREMENTS = 40;

    private final Octets scope = fresh("scope");
    private RowStore store;

    /** The store under test. It may be the same for all tests: each works in scopes of its own. */
    protected abstract RowStore store() throws Exception;

    @BeforeEach
    void takeStore() throws Exception {
        store = store();
    }

    // ---- rows ----

    @ParameterizedTest
    @EnumSource(Table.class)
    void every_table_keeps_rows_of_its_own(Table table) {
        store.transact(scope, tx -> {
            tx.put(table, octets("key"), Octets.utf8("of " + table));
            return null;
        });

        assertThat(get(table, octets("key"))).contains(Octets.utf8("of " + table));
        for (Table other : Table.values()) {
            if (other != table) {
                assertThat(get(other, octets("key"))).isEmpty();
            }
        }
    }

    @Test
    void put_replaces_and_insert_does_not() {
        boolean[] wrote = store.transact(scope, tx -> {
            tx.put(Table.GROUP, octets("a"), octets("1"));
            tx.put(Table.GROUP, octets("a"), octets("2"));
            return new boolean[] {
                tx.insert(Table.GROUP, octets("a"), octets("3")), tx.insert(Table.GROUP, octets("b"), octets("4"))
            };
        });

        assertThat(wrote).containsExactly(false, true);
        assertThat(get(Table.GROUP, octets("a"))).contains(octets("2"));
        assertThat(get(Table.GROUP, octets("b"))).contains(octets("4"));
        assertThat(store.<Boolean>transact(scope, tx -> tx.insert(Table.GROUP, octets("b"), octets("5"))))
                .isFalse();
    }

    @Test
    void a_transaction_goes_on_after_an_insert_that_did_not_write() {
        put(Table.SEEN, octets("a"), octets("1"));
        store.transact(scope, tx -> {
            tx.put(Table.SEEN, octets("b"), octets("2"));
            tx.insert(Table.SEEN, octets("a"), octets("x"));
            tx.put(Table.SEEN, octets("c"), octets("3"));
            return null;
        });
        assertThat(rows(Table.SEEN, Octets.EMPTY)).containsExactly(row("a", "1"), row("b", "2"), row("c", "3"));
    }

    @Test
    void delete_tells_whether_there_was_something() {
        put(Table.TIMER, octets("a"), octets("1"));
        assertThat(store.<Boolean>transact(scope, tx -> tx.delete(Table.TIMER, octets("a"))))
                .isTrue();
        assertThat(store.<Boolean>transact(scope, tx -> tx.delete(Table.TIMER, octets("a"))))
                .isFalse();
        assertThat(get(Table.TIMER, octets("a"))).isEmpty();
    }

    @Test
    void putAll_writes_new_rows_and_replaces_old_ones_and_the_last_of_two_wins() {
        put(Table.PART, octets("b"), octets("old"));
        store.transact(scope, tx -> {
            tx.putAll(Table.PART, List.of());
            tx.putAll(Table.PART, List.of(row("a", "1"), row("b", "2"), row("c", "3"), row("a", "4")));
            return null;
        });
        assertThat(rows(Table.PART, Octets.EMPTY)).containsExactly(row("a", "4"), row("b", "2"), row("c", "3"));
    }

    @Test
    void a_scope_sees_only_its_own_rows() {
        Octets longer = Octets.concat(scope, Octets.of((byte) 0x20));
        Octets longest = Octets.concat(scope, Octets.of((byte) 0));
        for (Octets each : List.of(scope, longer, longest)) {
            store.transact(each, tx -> {
                tx.put(Table.GROUP, octets("k"), each);
                return null;
            });
        }
        for (Octets each : List.of(scope, longer, longest)) {
            assertThat(store.<List<Row>>read(each, tx -> tx.scan(Table.GROUP, Octets.EMPTY, Octets.EMPTY, 10)))
                    .containsExactly(new Row(octets("k"), each));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 4_000, 32_672, 40_000, 1 << 20, RowStore.MAX_VALUE})
    void a_value_of_any_size_up_to_the_limit_comes_back(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Octets value = Octets.of(bytes);
        put(Table.LOG, Octets.ofLong(1), value);

        assertThat(get(Table.LOG, Octets.ofLong(1))).contains(value);
        put(Table.LOG, Octets.ofLong(1), octets("small"));
        put(Table.LOG, Octets.ofLong(1), value);
        Row last = store.read(scope, tx -> tx.last(Table.LOG, Octets.EMPTY)).orElseThrow();
        assertThat(last.value()).isEqualTo(value);
    }

    @Test
    void the_longest_key_and_scope_fit_and_the_empty_key_is_a_key() {
        Octets longScope = Octets.concat(scope, filled(RowStore.MAX_SCOPE - scope.size(), 0xff));
        Octets longKey = filled(RowStore.MAX_KEY, 0xff);
        store.transact(longScope, tx -> {
            tx.put(Table.GROUP, longKey, octets("1"));
            tx.put(Table.GROUP, Octets.EMPTY, octets("2"));
            return null;
        });
        store.read(longScope, tx -> {
            assertThat(tx.get(Table.GROUP, longKey)).contains(octets("1"));
            assertThat(tx.get(Table.GROUP, Octets.EMPTY)).contains(octets("2"));
            assertThat(tx.last(Table.GROUP, longKey)).contains(new Row(longKey, octets("1")));
            assertThat(tx.last(Table.GROUP, Octets.EMPTY)).contains(new Row(longKey, octets("1")));
            assertThat(tx.scan(Table.GROUP, Octets.EMPTY, longKey, 5)).isEmpty();
            assertThat(tx.count(Table.GROUP, Octets.EMPTY)).isEqualTo(2);
            return null;
        });
    }

    @Test
    void what_is_too_long_is_rejected_and_nothing_is_written() {
        Octets longKey = filled(RowStore.MAX_KEY + 1, 1);
        List<RowStore.Work<Object>> tooLong = List.of(
                tx -> tx.get(Table.GROUP, longKey),
                tx -> tx.insert(Table.GROUP, longKey, Octets.EMPTY),
                tx -> tx.delete(Table.GROUP, longKey),
                tx -> tx.scan(Table.GROUP, longKey, Octets.EMPTY, 1),
                tx -> tx.scan(Table.GROUP, Octets.EMPTY, longKey, 1),
                tx -> tx.last(Table.GROUP, longKey),
                tx -> tx.count(Table.GROUP, longKey),
                tx -> {
                    tx.put(Table.GROUP, octets("a"), filled(RowStore.MAX_VALUE + 1, 0));
                    return null;
                },
                tx -> {
                    tx.putAll(Table.GROUP, List.of(row("a", "1"), new Row(longKey, Octets.EMPTY)));
                    return null;
                });
        for (RowStore.Work<Object> work : tooLong) {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> store.transact(scope, work))
                    .matches(e -> e.code() == ErrorCode.LIMIT_EXCEEDED);
        }
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> store.transact(filled(RowStore.MAX_SCOPE + 1, 1), tx -> null));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> store.read(filled(RowStore.MAX_SCOPE + 1, 1), tx -> null));
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> store.transact(Octets.EMPTY, tx -> null));
        assertThat(rows(Table.GROUP, Octets.EMPTY)).isEmpty();
    }

    // ---- order ----

    @Test
    void keys_sort_as_unsigned_octets_whatever_they_end_with() {
        NavigableMap<Octets, Octets> model = awkwardKeys();
        store.transact(scope, tx -> {
            model.forEach((key, value) -> tx.put(Table.OUTBOX, key, value));
            return null;
        });
        List<Octets> expected =
                new ArrayList<>(model.tailMap(Octets.EMPTY, false).keySet());
        assertThat(rows(Table.OUTBOX, Octets.EMPTY)).extracting(Row::key).isEqualTo(expected);
    }

    @Test
    void scan_count_and_last_agree_with_a_sorted_map_for_every_prefix() {
        NavigableMap<Octets, Octets> model = awkwardKeys();
        store.transact(scope, tx -> {
            List<Row> rows = new ArrayList<>();
            model.forEach((key, value) -> rows.add(new Row(key, value)));
            tx.putAll(Table.INBOX, rows);
            return null;
        });
        store.read(scope, tx -> {
            List<Octets> prefixes = new ArrayList<>(model.keySet());
            prefixes.add(Octets.of((byte) 7));
            for (Octets prefix : prefixes) {
                agrees(tx, model, prefix);
            }
            return null;
        });
    }

    private static void agrees(RowTx tx, NavigableMap<Octets, Octets> model, Octets prefix) {
        List<Row> with = new ArrayList<>();
        model.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                with.add(new Row(key, value));
            }
        });
        assertThat(tx.count(Table.INBOX, prefix)).isEqualTo(with.size());
        assertThat(tx.last(Table.INBOX, prefix))
                .isEqualTo(with.isEmpty() ? Optional.empty() : Optional.of(with.get(with.size() - 1)));
        Octets after = with.isEmpty() ? prefix : with.get(with.size() / 2).key();
        assertThat(tx.scan(Table.INBOX, prefix, after, 3))
                .isEqualTo(with.stream()
                        .filter(row -> row.key().compareTo(after) > 0)
                        .limit(3)
                        .toList());
    }

    @Test
    void scan_goes_on_where_the_last_page_ended() {
        store.transact(scope, tx -> {
            for (int i = 0; i < 25; i++) {
                tx.put(Table.LOG, Octets.concat(octets("p"), Octets.ofLong(i)), Octets.ofLong(i));
            }
            tx.put(Table.LOG, octets("q"), octets("other prefix"));
            return null;
        });
        List<Long> seen = store.read(scope, tx -> {
            List<Long> all = new ArrayList<>();
            List<Row> page = tx.scan(Table.LOG, octets("p"), Octets.EMPTY, 10);
            while (!page.isEmpty()) {
                page.forEach(row -> all.add(row.value().toLong()));
                page = tx.scan(Table.LOG, octets("p"), page.get(page.size() - 1).key(), 10);
            }
            return all;
        });
        assertThat(seen).hasSize(25).isSorted();
    }

    @Test
    void scopes_are_listed_ascending_in_pages_and_only_those_with_rows_in_the_table() {
        List<Octets> mine = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Octets each = Octets.concat(scope, Octets.of((byte) (0x1d + i)));
            mine.add(each);
            store.transact(each, tx -> {
                tx.put(Table.TOKEN, octets("a"), octets("1"));
                tx.put(Table.TOKEN, octets("b"), octets("2"));
                return null;
            });
        }
        store.transact(mine.get(3), tx -> tx.delete(Table.TOKEN, octets("a")) && tx.delete(Table.TOKEN, octets("b")));

        List<Octets> found = new ArrayList<>();
        List<Octets> page = store.scopes(Table.TOKEN, scope, 2);
        while (!page.isEmpty() && page.get(0).startsWith(scope)) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.stream().filter(each -> each.startsWith(scope)).forEach(found::add);
            page = store.scopes(Table.TOKEN, page.get(page.size() - 1), 2);
        }
        mine.remove(3);
        assertThat(found).isEqualTo(mine);
        assertThat(store.scopes(Table.REVOCATION, scope, 1)).noneMatch(each -> each.startsWith(scope));
    }

    // ---- transactions ----

    @Test
    void what_the_work_throws_is_thrown_on_and_nothing_is_kept() {
        put(Table.GROUP, octets("kept"), octets("1"));
        assertThatIllegalStateException()
                .isThrownBy(() -> store.transact(scope, tx -> {
                    tx.put(Table.GROUP, octets("kept"), octets("2"));
                    tx.put(Table.LOG, octets("new"), octets("3"));
                    tx.delete(Table.GROUP, octets("kept"));
                    throw new IllegalStateException("on purpose");
                }))
                .withMessage("on purpose");
        assertThat(get(Table.GROUP, octets("kept"))).contains(octets("1"));
        assertThat(get(Table.LOG, octets("new"))).isEmpty();
    }

    @Test
    void a_transaction_sees_its_own_writes() {
        store.transact(scope, tx -> {
            tx.put(Table.GROUP, octets("a"), octets("1"));
            assertThat(tx.get(Table.GROUP, octets("a"))).contains(octets("1"));
            assertThat(tx.count(Table.GROUP, Octets.EMPTY)).isEqualTo(1);
            assertThat(tx.scope()).isEqualTo(scope);
            return null;
        });
    }

    @Test
    void a_read_writes_nothing() {
        List<RowStore.Work<Object>> writes = List.of(
                tx -> tx.insert(Table.GROUP, octets("a"), octets("1")),
                tx -> tx.delete(Table.GROUP, octets("a")),
                tx -> {
                    tx.put(Table.GROUP, octets("a"), octets("1"));
                    return null;
                });
        for (RowStore.Work<Object> write : writes) {
            assertThatIllegalStateException().isThrownBy(() -> store.read(scope, write));
        }
        assertThat(get(Table.GROUP, octets("a"))).isEmpty();
    }

    @Test
    void a_scope_never_written_reads_as_empty() {
        store.read(scope, tx -> {
            assertThat(tx.scope()).isEqualTo(scope);
            assertThat(tx.get(Table.GROUP, octets("a"))).isEmpty();
            assertThat(tx.scan(Table.GROUP, Octets.EMPTY, Octets.EMPTY, 1)).isEmpty();
            assertThat(tx.last(Table.GROUP, Octets.EMPTY)).isEmpty();
            assertThat(tx.count(Table.GROUP, Octets.EMPTY)).isZero();
            return null;
        });
    }

    @Test
    void transactions_are_not_nested() {
        assertThatIllegalStateException()
                .isThrownBy(() -> store.transact(scope, tx -> store.transact(fresh("inner"), inner -> 1)));
        assertThatIllegalStateException().isThrownBy(() -> store.transact(scope, tx -> store.read(scope, inner -> 1)));
        assertThatIllegalStateException().isThrownBy(() -> store.read(scope, tx -> store.transact(scope, inner -> 1)));
        assertThat(store.<Integer>transact(scope, tx -> 1)).isEqualTo(1);
    }

    @Test
    void a_transaction_is_of_no_use_after_its_end_or_on_another_thread() throws Exception {
        AtomicReference<RowTx> kept = new AtomicReference<>();
        store.transact(scope, tx -> {
            kept.set(tx);
            return null;
        });
        assertThatIllegalStateException().isThrownBy(() -> kept.get().get(Table.GROUP, octets("a")));

        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            store.transact(scope, tx -> {
                Future<?> elsewhere = other.submit(() -> tx.get(Table.GROUP, octets("a")));
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(elsewhere::get)
                        .withCauseInstanceOf(IllegalStateException.class);
                return null;
            });
        } finally {
            other.shutdownNow();
        }
    }

    // ---- several threads ----

    @Test
    void increments_of_one_counter_by_many_threads_all_count() throws Exception {
        together(thread -> () -> {
            for (int i = 0; i < INCREMENTS; i++) {
                increment(scope);
            }
            return null;
        });
        assertThat(get(Table.COUNTER, octets("n"))).contains(Octets.ofLong((long) THREADS * INCREMENTS));
    }

    @Test
    void increments_in_many_scopes_by_many_threads_all_count() throws Exception {
        together(thread -> () -> {
            for (int i = 0; i < INCREMENTS; i++) {
                increment(Octets.concat(scope, Octets.of((byte) thread)));
            }
            return null;
        });
        for (int thread = 0; thread < THREADS; thread++) {
            Octets each = Octets.concat(scope, Octets.of((byte) thread));
            assertThat(store.<Optional<Octets>>read(each, tx -> tx.get(Table.COUNTER, octets("n"))))
                    .contains(Octets.ofLong(INCREMENTS));
        }
    }

    @Test
    void a_scope_does_not_wait_for_another_one() throws Exception {
        increment(fresh("neighbour"));
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<Object> slow = pool.submit(() -> store.transact(scope, tx -> {
                for (Table table : Table.values()) {
                    tx.put(table, octets("held"), octets("1"));
                }
                holding.countDown();
                await(release);
                return null;
            }));
            assertThat(holding.await(30, TimeUnit.SECONDS)).isTrue();
            Future<Object> quick = pool.submit(() -> store.transact(fresh("quick"), tx -> {
                for (Table table : Table.values()) {
                    tx.put(table, octets("a"), octets("1"));
                    tx.put(table, octets("a"), octets("2"));
                    tx.insert(table, octets("b"), octets("3"));
                    tx.scan(table, Octets.EMPTY, Octets.EMPTY, 10);
                    tx.last(table, Octets.EMPTY);
                    tx.count(table, Octets.EMPTY);
                    tx.delete(table, octets("a"));
                }
                return null;
            }));
            assertThat(quick.get(8, TimeUnit.SECONDS)).isNull();
            release.countDown();
            slow.get(30, TimeUnit.SECONDS);
        } finally {
            release.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void writers_of_one_scope_wait_for_each_other() throws Exception {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<Object> first = pool.submit(() -> store.transact(scope, tx -> {
                holding.countDown();
                await(release);
                tx.put(Table.GROUP, octets("a"), octets("first"));
                return null;
            }));
            assertThat(holding.await(30, TimeUnit.SECONDS)).isTrue();
            Future<Optional<Octets>> second =
                    pool.submit(() -> store.transact(scope, tx -> tx.get(Table.GROUP, octets("a"))));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS));
            release.countDown();
            first.get(30, TimeUnit.SECONDS);
            assertThat(second.get(30, TimeUnit.SECONDS)).contains(octets("first"));
        } finally {
            release.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void a_read_sees_one_state_while_others_write() throws Exception {
        together(thread -> () -> {
            for (int i = 0; i < INCREMENTS; i++) {
                if (thread % 2 == 0) {
                    store.transact(scope, tx -> {
                        Octets next = Octets.ofLong(tx.count(Table.LOG, Octets.EMPTY) + 1);
                        tx.put(Table.COUNTER, octets("n"), next);
                        tx.put(Table.LOG, next, next);
                        return null;
                    });
                } else {
                    store.read(scope, tx -> {
                        long before = tx.get(Table.COUNTER, octets("n"))
                                .map(Octets::toLong)
                                .orElse(0L);
                        long last = tx.last(Table.LOG, Octets.EMPTY)
                                .map(row -> row.key().toLong())
                                .orElse(0L);
                        assertThat(last).isEqualTo(before);
                        assertThat(tx.count(Table.LOG, Octets.EMPTY)).isEqualTo(before);
                        return null;
                    });
                }
            }
            return null;
        });
    }

    // ---- helpers ----

    private interface Task {
        Callable<Object> of(int thread);
    }

    private static void together(Task task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Object>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                tasks.add(task.of(thread));
            }
            for (Future<Object> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void increment(Octets where) {
        store.transact(where, tx -> {
            long before = tx.get(Table.COUNTER, octets("n")).map(Octets::toLong).orElse(0L);
            tx.put(Table.COUNTER, octets("n"), Octets.ofLong(before + 1));
            return null;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All strings of up to three octets out of those that databases pad, end or sort by sign. */
    private static NavigableMap<Octets, Octets> awkwardKeys() {
        byte[] alphabet = {0, 0x1f, 0x20, 0x21, 0x7f, (byte) 0x80, (byte) 0xff};
        NavigableMap<Octets, Octets> keys = new TreeMap<>();
        List<Octets> level = List.of(Octets.EMPTY);
        for (int length = 0; length <= 3; length++) {
            List<Octets> next = new ArrayList<>();
            for (Octets key : level) {
                keys.put(key, Octets.concat(Octets.utf8("value of "), key));
                for (byte octet : alphabet) {
                    next.add(Octets.concat(key, Octets.of(octet)));
                }
            }
            level = next;
        }
        return keys;
    }

    private Optional<Octets> get(Table table, Octets key) {
        return store.read(scope, tx -> tx.get(table, key));
    }

    private void put(Table table, Octets key, Octets value) {
        store.transact(scope, tx -> {
            tx.put(table, key, value);
            return null;
        });
    }

    private List<Row> rows(Table table, Octets prefix) {
        return store.read(scope, tx -> tx.scan(table, prefix, Octets.EMPTY, 1_000));
    }

    private static Row row(String key, String value) {
        return new Row(octets(key), octets(value));
    }

    private static Octets octets(String text) {
        return Octets.utf8(text);
    }

    private static Octets filled(int size, int with) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) with);
        return Octets.of(bytes);
    }

    private static Octets fresh(String name) {
        return Octets.concat(
                Octets.utf8(name),
                Octets.ofLong(java.util.concurrent.ThreadLocalRandom.current().nextLong()));
    }
}
