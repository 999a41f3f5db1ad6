// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.derby;

import java.nio.file.Path;
import java.sql.SQLException;

/** The process that {@link EmbeddedDerbyTest} kills: makes a database and waits. */
final class KilledCreator {

    private KilledCreator() {}

    public static void main(String[] args) throws SQLException, InterruptedException {
        new EmbeddedDerby()
                .createDataSource(EmbeddedDerbyTest.properties(Path.of(args[0]), true))
                .getConnection();
        Thread.currentThread().join();
    }
}
