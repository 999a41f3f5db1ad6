// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.Table;
import org.sekisho.repositoryjdbc.FaultyDataSource.Moment;

class JdbcRowStoreFaultsTest {

    private static final Octets SCOPE = Octets.utf8("s");
    private static final Octets KEY = Octets.utf8("k");
    private static final String DATABASE = "jdbc:derby:memory:faults";

    private final FaultyDataSource faults = new FaultyDataSource(new DriverDataSource(DATABASE + ";create=true"));
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void dropDatabase() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(DATABASE + ";drop=true"))
                .matches(e -> e.getSQLState().equals("08006"));
    }

    @Test
    void open_tells_at_once_that_the_database_is_down() {
        faults.fail(Moment.CONNECT, "08001", 1);
        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> JdbcRowStore.open(faults.dataSource()));
        JdbcRowStore.open(faults.dataSource());
    }

    @Test
    void a_connection_lost_before_the_commit_means_nothing_happened() {
        JdbcRowStore store = JdbcRowStore.open(faults.dataSource());
        faults.fail(Moment.STATEMENT, "08006", 1);

        assertUnavailable(ErrorCode.STORAGE_UNAVAILABLE, store);
        assertThat(written(store)).isFalse();
    }

    @Test
    void a_full_disk_is_told_apart() {
        JdbcRowStore store = JdbcRowStore.open(faults.dataSource());
        faults.fail(Moment.STATEMENT, "XSLA4", 1);

        assertUnavailable(ErrorCode.STORAGE_FULL, store);
        assertThat(written(store)).isFalse();
    }

    @Test
    void a_lost_race_runs_again() {
        JdbcRowStore store = JdbcRowStore.open(faults.dataSource());
        faults.fail(Moment.STATEMENT, "40001", 1);
        write(store);
        faults.fail(Moment.BEFORE_COMMIT, "40001", 2);
        write(store);

        assertThat(written(store)).isTrue();
        assertThat(runs).hasValue(1 + 3);
    }

    @Test
    void a_race_lost_again_and_again_ends() {
        JdbcRowStore store = JdbcRowStore.open(faults.dataSource());
        faults.fail(Moment.STATEMENT, "40001", 100);

        assertUnavailable(ErrorCode.STORAGE_UNAVAILABLE, store);
        faults.fail(Moment.STATEMENT, "40001", 0);
        assertThat(written(store)).isFalse();
    }

    @Test
    void no_answer_to_a_commit_is_indeterminate_whether_it_happened_or_not() {
        for (Moment moment : new Moment[] {Moment.BEFORE_COMMIT, Moment.AFTER_COMMIT}) {
            JdbcRowStore store = JdbcRowStore.open(faults.dataSource());
            faults.fail(moment, "08006", 1);

            assertThatExceptionOfType(IndeterminateException.class)
                    .isThrownBy(() -> write(store))
                    .matches(e -> e.code() == ErrorCode.OUTCOME_UNKNOWN);
            assertThat(written(store)).isEqualTo(moment == Moment.AFTER_COMMIT);
        }
        assertThat(runs).hasValue(2);
    }

    @Test
    void a_failure_that_the_work_swallows_is_not_committed() {
        JdbcRowStore store = JdbcRowStore.open(faults.dataSource());
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> store.transact(SCOPE, tx -> {
                    tx.put(Table.GROUP, KEY, KEY);
                    faults.fail(Moment.STATEMENT, "08006", 1);
                    try {
                        tx.put(Table.LOG, KEY, KEY);
                    } catch (RuntimeException e) {
                        return "swallowed";
                    }
                    return "not failed";
                }));
        assertThat(written(store)).isFalse();
    }

    @Test
    void a_thread_is_free_again_after_a_failure() {
        JdbcRowStore store = JdbcRowStore.open(faults.dataSource());
        faults.fail(Moment.CONNECT, "08001", 1);
        assertUnavailable(ErrorCode.STORAGE_UNAVAILABLE, store);
        write(store);
        assertThat(written(store)).isTrue();
    }

    private void assertUnavailable(ErrorCode code, JdbcRowStore store) {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> write(store))
                .matches(e -> e.code() == code)
                .withMessageNotContaining("row contents");
    }

    private void write(JdbcRowStore store) {
        store.transact(SCOPE, tx -> {
            runs.incrementAndGet();
            tx.put(Table.GROUP, KEY, KEY);
            return null;
        });
    }

    private static boolean written(JdbcRowStore store) {
        return store.read(SCOPE, tx -> tx.get(Table.GROUP, KEY).isPresent());
    }
}
