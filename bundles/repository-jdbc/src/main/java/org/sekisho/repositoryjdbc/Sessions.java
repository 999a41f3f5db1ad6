// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where sessions come from. Over a pooled data source nothing is kept here ({@code maxIdle} 0); over an embedded database,
 * which has no pool, a few sessions stay open with their statements. Safe for many threads.
 */
final class Sessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final DataSource dataSource;
    private final int maxIdle;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private volatile boolean closed;

    Sessions(DataSource dataSource, int maxIdle) {
        this.dataSource = dataSource;
        this.maxIdle = maxIdle;
    }

    Session take() throws SQLException {
        if (closed) {
            throw new SQLException("the store is closed", "08003");
        }
        Session kept = idle.pollFirst();
        if (kept != null) {
            idleCount.decrementAndGet();
            return kept;
        }
        return new Session(dataSource.getConnection());
    }

    /** Takes back a session that has no transaction open. */
    void give(Session session) {
        if (idleCount.incrementAndGet() > maxIdle) {
            idleCount.decrementAndGet();
            discard(session);
            return;
        }
        idle.addFirst(session);
        if (closed) {
            forget();
        }
    }

    /** Closes a session in whatever state it is. Derby does not close a connection whose transaction is open. */
    void discard(Session session) {
        try (session) {
            session.rollback();
        } catch (SQLException e) {
            LOG.debug("a session did not close cleanly: SQL state {}", e.getSQLState());
        }
    }

    /** Closes what is kept: after a failure the connections may all be dead. */
    void forget() {
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            idleCount.decrementAndGet();
            discard(session);
        }
    }

    @Override
    public void close() {
        closed = true;
        forget();
    }
}
