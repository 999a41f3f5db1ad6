// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.testkit.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/**
 * A row store that fails on purpose at one chosen call. Every operation of a transaction counts as one call, so do the
 * commit of a {@link #transact}, the end of a {@link #read} and {@link #scopes}.
 *
 * <pre>{@code
 * for (int n = 1; ; n++) {
 *   store.failAt(n);           // or loseAnswerAt(n), n counting commits only
 *   try { operation(); } catch (UnavailableException e) { ... state as before ... continue; }
 *   if (!store.failed()) break; // n is behind the last call: every one was tried
 * }
 * }</pre>
 *
 * <p>After the failure the store works again, as after a restart. Safe for many threads, but then N is not deterministic.
 */
public final class FaultyRowStore implements RowStore {

    private final RowStore inner;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile int failAt;
    private volatile int loseAnswerAt;
    private volatile boolean failed;

    public FaultyRowStore(RowStore inner) {
        this.inner = inner;
    }

    /** From now, the {@code n}th call throws STORAGE_UNAVAILABLE and its transaction is rolled back, as by a crash. */
    public void failAt(int n) {
        arm(n, 0);
    }

    /** From now, the {@code n}th commit happens, and then OUTCOME_UNKNOWN is thrown: a crash before the answer. */
    public void loseAnswerAt(int n) {
        arm(0, n);
    }

    /** From now nothing fails; counts begin at 0. */
    public void heal() {
        arm(0, 0);
    }

    /** Calls since the last arming. */
    public int calls() {
        return calls.get();
    }

    /** Commits since the last arming. */
    public int commits() {
        return commits.get();
    }

    /** Whether the failure asked for has happened. */
    public boolean failed() {
        return failed;
    }

    @Override
    public <T> T transact(Octets scope, Work<T> work) {
        T result = inner.transact(scope, tx -> {
            CountedTx counted = new CountedTx(tx);
            T inside = work.run(counted);
            counted.call("commit");
            return inside;
        });
        if (commits.incrementAndGet() == loseAnswerAt) {
            failed = true;
            throw new IndeterminateException(ErrorCode.OUTCOME_UNKNOWN, "answer to a commit lost on purpose");
        }
        return result;
    }

    @Override
    public <T> T read(Octets scope, Work<T> work) {
        return inner.read(scope, tx -> {
            CountedTx counted = new CountedTx(tx);
            T inside = work.run(counted);
            counted.call("end of a read");
            return inside;
        });
    }

    @Override
    public List<Octets> scopes(Table table, Octets after, int limit) {
        tick("scopes");
        return inner.scopes(table, after, limit);
    }

    private synchronized void arm(int call, int commit) {
        calls.set(0);
        commits.set(0);
        failed = false;
        failAt = call;
        loseAnswerAt = commit;
    }

    private void tick(String what) {
        int n = calls.incrementAndGet();
        if (n == failAt) {
            failed = true;
            throw new UnavailableException(
                    ErrorCode.STORAGE_UNAVAILABLE, "failure on purpose at call " + n + ", " + what);
        }
    }

    private final class CountedTx implements RowTx {
        private final RowTx tx;
        private @Nullable UnavailableException failure;

        CountedTx(RowTx tx) {
            this.tx = tx;
        }

        /** What failed stays failed, also when the work swallows it. */
        private void call(String what) {
            if (failure != null) {
                throw failure;
            }
            try {
                tick(what);
            } catch (UnavailableException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public Octets scope() {
            return tx.scope();
        }

        @Override
        public Optional<Octets> get(Table table, Octets key) {
            call("get");
            return tx.get(table, key);
        }

        @Override
        public void put(Table table, Octets key, Octets value) {
            call("put");
            tx.put(table, key, value);
        }

        @Override
        public void putAll(Table table, List<Row> rows) {
            call("putAll");
            tx.putAll(table, rows);
        }

        @Override
        public boolean insert(Table table, Octets key, Octets value) {
            call("insert");
            return tx.insert(table, key, value);
        }

        @Override
        public boolean delete(Table table, Octets key) {
            call("delete");
            return tx.delete(table, key);
        }

        @Override
        public List<Row> scan(Table table, Octets prefix, Octets after, int limit) {
            call("scan");
            return tx.scan(table, prefix, after, limit);
        }

        @Override
        public Optional<Row> last(Table table, Octets prefix) {
            call("last");
            return tx.last(table, prefix);
        }

        @Override
        public long count(Table table, Octets prefix) {
            call("count");
            return tx.count(table, prefix);
        }
    }
}
