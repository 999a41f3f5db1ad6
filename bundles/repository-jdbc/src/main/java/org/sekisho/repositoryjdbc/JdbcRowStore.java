// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.sekisho.repositoryjdbc.JdbcRowTx.Mode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows in a relational database, as {@link RowStore} promises them: one physical table per {@link Table}, one lock row per
 * scope.
 *
 * <p>A transaction that lost a race (deadlock, serialisation failure) runs again, at most {@value #ATTEMPTS} times, after a
 * pause of a few milliseconds at random. Every call to a database that does not answer ends with STORAGE_UNAVAILABLE; when it
 * answers again, so do calls.
 */
public final class JdbcRowStore implements RowStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcRowStore.class);
    private static final int ATTEMPTS = 8;
    private static final long PAUSE_MICROS = 2_000;

    private final Sessions sessions;
    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();
    private final Dialect dialect;

    private JdbcRowStore(DataSource dataSource, int maxIdle) {
        this.sessions = new Sessions(dataSource, maxIdle);
        this.dialect = dialect();
    }

    /**
     * Opens the store in {@code dataSource}, Derby or PostgreSQL, and brings its schema up to date. Throws {@link
     * UnavailableException} when the database does not answer, IllegalStateException when it is of another kind or newer
     * than this code.
     */
    public static JdbcRowStore open(DataSource dataSource) {
        return open(dataSource, 0);
    }

    /** As {@link #open(DataSource)}, keeping up to {@code maxIdle} connections open between transactions. */
    static JdbcRowStore open(DataSource dataSource, int maxIdle) {
        return new JdbcRowStore(dataSource, maxIdle);
    }

    @Override
    public <T> T transact(Octets scope, Work<T> work) {
        Limits.scope(scope);
        return run(true, (known, session) -> {
            known.lock(session, scope);
            return within(new JdbcRowTx(session, known, scope, Mode.WRITE), work);
        });
    }

    @Override
    public <T> T read(Octets scope, Work<T> work) {
        Limits.scope(scope);
        return run(false, (known, session) -> {
            Mode mode = known.share(session, scope) ? Mode.READ : Mode.READ_NOTHING;
            return within(new JdbcRowTx(session, known, scope, mode), work);
        });
    }

    @Override
    public List<Octets> scopes(Table table, Octets after, int limit) {
        if (!after.isEmpty()) {
            Limits.scope(after);
        }
        Limits.rows(limit);
        return run(false, (known, session) -> {
            List<Octets> scopes = new ArrayList<>();
            PreparedStatement next = session.prepare(known.sql(table).nextScope());
            next.setBytes(1, known.stored(after));
            while (scopes.size() < limit) {
                try (ResultSet found = next.executeQuery()) {
                    if (!found.next()) {
                        break;
                    }
                    scopes.add(known.loaded(found.getBytes(1)));
                }
                next.setBytes(1, known.stored(scopes.get(scopes.size() - 1)));
            }
            return List.copyOf(scopes);
        });
    }

    /** Ends the use of connections kept idle; the DataSource is not closed. */
    @Override
    public void close() {
        sessions.close();
    }

    /** Whatever the work made of a failed statement: what failed first is what happened. */
    private static <T> T within(JdbcRowTx tx, Work<T> work) throws SQLException {
        try {
            return work.run(tx);
        } finally {
            tx.end();
        }
    }

    private <T> T run(boolean commits, Body<T> body) {
        if (busy.get() != null) {
            throw new IllegalStateException("transactions must not be nested");
        }
        busy.set(true);
        try {
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                try {
                    return attempt(dialect, commits, body);
                } catch (LostRace e) {
                    LOG.debug("attempt {} lost a race: SQL state {}", attempt, e.sqlState);
                    pause(attempt);
                }
            }
            return attempt(dialect, commits, body);
        } catch (LostRace e) {
            throw new UnavailableException(
                    ErrorCode.STORAGE_UNAVAILABLE, "lost " + ATTEMPTS + " races for the same rows");
        } finally {
            busy.remove();
        }
    }

    private <T> T attempt(Dialect known, boolean commits, Body<T> body) throws LostRace {
        Session session = begin();
        T result;
        try {
            result = body.run(known, session);
        } catch (SQLException e) {
            undo(session);
            throw failure(known, e);
        } catch (RuntimeException | Error e) {
            undo(session);
            throw e;
        }
        if (commits) {
            commit(known, session);
        } else {
            undo(session);
        }
        return result;
    }

    private Session begin() {
        try {
            return sessions.take();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** Once sent, only a lost race is a certain no. */
    private void commit(Dialect known, Session session) throws LostRace {
        try {
            session.commit();
        } catch (SQLException e) {
            sessions.discard(session);
            if (known.fault(e) == Fault.LOST_RACE) {
                throw new LostRace(e);
            }
            LOG.warn("no answer to a commit: SQL state {}", e.getSQLState());
            LOG.debug("no answer to a commit", e);
            throw new IndeterminateException(ErrorCode.OUTCOME_UNKNOWN, "the database did not confirm the commit");
        }
        sessions.give(session);
    }

    /** Nothing was committed: if rolling back fails, closing the connection does it. */
    private void undo(Session session) {
        try {
            session.rollback();
        } catch (SQLException e) {
            LOG.debug("a connection is given up: SQL state {}", e.getSQLState());
            sessions.discard(session);
            return;
        }
        sessions.give(session);
    }

    private UnavailableException failure(Dialect known, SQLException e) throws LostRace {
        return switch (known.fault(e)) {
            case LOST_RACE -> throw new LostRace(e);
            case FULL -> {
                LOG.error("the database has no room: SQL state {}", e.getSQLState());
                yield new UnavailableException(ErrorCode.STORAGE_FULL, "the database has no room");
            }
            case UNAVAILABLE -> unavailable(e);
        };
    }

    /** Drivers put row contents into messages: they are for debugging only. */
    private UnavailableException unavailable(SQLException e) {
        sessions.forget();
        LOG.warn("the database does not do its work: SQL state {}", e.getSQLState());
        LOG.debug("the database does not do its work", e);
        return new UnavailableException(
                ErrorCode.STORAGE_UNAVAILABLE, "the database is not available (SQL state " + e.getSQLState() + ")");
    }

    /** Finds out what database this is and migrates it. */
    private Dialect dialect() {
        Session session = begin();
        try {
            Dialect found = Dialect.of(session.connection());
            new Schema(found).migrate(session.connection());
            return found;
        } catch (SQLException e) {
            throw unavailable(e);
        } finally {
            sessions.discard(session);
        }
    }

    private static void pause(int attempt) {
        long micros = ThreadLocalRandom.current().nextLong(PAUSE_MICROS << attempt);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    /** What happens between the begin and the end of a transaction. */
    private interface Body<T> {
        T run(Dialect dialect, Session session) throws SQLException;
    }

    /** Another transaction won; nothing of this one happened. */
    private static final class LostRace extends Exception {

        private static final long serialVersionUID = 1L;

        private final String sqlState;

        LostRace(SQLException cause) {
            super(null, null, false, false);
            this.sqlState = String.valueOf(cause.getSQLState());
        }
    }
}
