// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.derby;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections to one database, as long as the engine runs. */
class EngineDataSource implements DataSource {

    private final EmbeddedDerby engine;
    private final DataSource database;

    EngineDataSource(EmbeddedDerby engine, DataSource database) {
        this.engine = engine;
        this.database = database;
    }

    /** Before a connection is made. */
    void prepare() throws SQLException {}

    @Override
    public final Connection getConnection() throws SQLException {
        return engine.connect(() -> {
            prepare();
            return database.getConnection();
        });
    }

    @Override
    public final Connection getConnection(String user, String password) throws SQLException {
        return engine.connect(() -> {
            prepare();
            return database.getConnection(user, password);
        });
    }

    @Override
    public final PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public final void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public final void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public final int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
