// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.derby;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.apache.derby.jdbc.EmbeddedDriver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DataSources of the embedded engine. When this component goes, the engine is shut down with all its databases: an engine that
 * outlives its bundle keeps the lock of each database until the process ends, and the next one cannot open them.
 *
 * <p>Shutting down waits for connections that are being made, hence for databases that are being made or recovered; afterwards
 * there are no new ones. Connections in use are cut, their transactions undone.
 *
 * <p>Properties of a DataSource: {@code databaseName} (a directory, or a name that Derby understands), {@code createDatabase=create},
 * {@code user}, {@code password}, {@code connectionAttributes}.
 */
@Component(
        service = DataSourceFactory.class,
        immediate = true,
        property = {
            DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=org.apache.derby.jdbc.EmbeddedDriver",
            DataSourceFactory.OSGI_JDBC_DRIVER_NAME + "=derby"
        })
public final class EmbeddedDerby implements DataSourceFactory {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDerby.class);

    /** How Derby says that the whole engine was shut down. */
    private static final String ENGINE_SHUT_DOWN = "XJ015";

    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    /** Shared by who connects, exclusive to who shuts down. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

    private boolean closed;
    private volatile boolean used;

    /** Does not start the engine: that is for the first connection. */
    @Activate
    public EmbeddedDerby() {}

    @Override
    public DataSource createDataSource(Properties properties) throws SQLException {
        EmbeddedDataSource database = new EmbeddedDataSource();
        database.setDatabaseName(properties.getProperty(JDBC_DATABASE_NAME));
        database.setUser(properties.getProperty(JDBC_USER));
        database.setPassword(properties.getProperty(JDBC_PASSWORD));
        database.setConnectionAttributes(properties.getProperty("connectionAttributes"));
        boolean create = "create".equals(properties.getProperty("createDatabase"));
        return DatabaseDirectory.of(database.getDatabaseName())
                .<DataSource>map(directory -> {
                    database.setDatabaseName(directory.path().toString());
                    return new DirectoryDataSource(this, database, directory, create);
                })
                .orElseGet(() -> {
                    database.setCreateDatabase(create ? "create" : null);
                    return new EngineDataSource(this, database);
                });
    }

    /** The connection {@code connecting} makes, unless the engine has been shut down. */
    Connection connect(Connecting connecting) throws SQLException {
        life.readLock().lock();
        try {
            if (closed) {
                throw new SQLException("the database engine is shut down", CONNECTION_DOES_NOT_EXIST);
            }
            used = true;
            return connecting.connect();
        } finally {
            life.readLock().unlock();
        }
    }

    @Deactivate
    void shutDown() {
        life.writeLock().lock();
        try {
            closed = true;
            if (used) {
                new EmbeddedDriver().connect("jdbc:derby:;shutdown=true", new Properties());
            }
        } catch (SQLException e) {
            if (!ENGINE_SHUT_DOWN.equals(e.getSQLState())) {
                LOG.error("the database engine did not shut down", e);
            }
        } finally {
            life.writeLock().unlock();
        }
    }

    @Override
    public ConnectionPoolDataSource createConnectionPoolDataSource(Properties properties) throws SQLException {
        throw new SQLFeatureNotSupportedException("plain DataSources only");
    }

    @Override
    public XADataSource createXADataSource(Properties properties) throws SQLException {
        throw new SQLFeatureNotSupportedException("plain DataSources only");
    }

    @Override
    public Driver createDriver(Properties properties) throws SQLException {
        throw new SQLFeatureNotSupportedException("plain DataSources only");
    }

    /** Makes a connection. */
    interface Connecting {
        Connection connect() throws SQLException;
    }
}
