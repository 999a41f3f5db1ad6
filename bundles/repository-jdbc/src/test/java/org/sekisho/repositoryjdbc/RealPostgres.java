// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** A PostgreSQL server of its own for a test class. */
final class RealPostgres {

    private RealPostgres() {}

    /** Starts it; where there are no binaries for this system the tests are skipped, visibly. */
    static EmbeddedPostgres start() throws IOException {
        String os = System.getProperty("os.name");
        String arch = System.getProperty("os.arch");
        assumeTrue(
                os.equals("Linux") && arch.equals("amd64"),
                () -> "no PostgreSQL binaries for " + os + " " + arch + ": skipped");
        return EmbeddedPostgres.builder().start();
    }
}
