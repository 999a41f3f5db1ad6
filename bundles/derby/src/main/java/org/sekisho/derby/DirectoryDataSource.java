// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.derby;

import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to a database in a directory, which is made before the first one if it is to be. */
final class DirectoryDataSource extends EngineDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryDataSource.class);

    /** Derby's own state for a directory that exists without its service.properties. */
    private static final String NOT_A_DATABASE = "XBM0A";

    private static final String CANNOT_CREATE = "XJ041";

    private final DatabaseDirectory directory;
    private final boolean create;
    private boolean prepared;
    private boolean told;

    DirectoryDataSource(EmbeddedDerby engine, DataSource database, DatabaseDirectory directory, boolean create) {
        super(engine, database);
        this.directory = directory;
        this.create = create;
    }

    @Override
    synchronized void prepare() throws SQLException {
        if (!prepared) {
            // two data sources of one directory may begin at once
            synchronized (DatabaseDirectory.class) {
                make();
            }
            prepared = true;
        }
    }

    private void make() throws SQLException {
        if (directory.isDamaged()) {
            throw refused();
        }
        if (create && !directory.isComplete()) {
            try {
                directory.create();
            } catch (IOException e) {
                LOG.error("no database could be made in {}: {}", directory.path(), e.toString());
                throw new SQLException("no database could be made in " + directory.path(), CANNOT_CREATE, e);
            }
        }
    }

    private SQLException refused() {
        String what = directory.path() + " is not a whole database: it has no service.properties";
        if (!told) {
            told = true;
            LOG.error(
                    "{}. Nothing was changed. Put a backup there; or, if there never was anything in it, remove it",
                    what);
        }
        return new SQLException(what, NOT_A_DATABASE);
    }
}
