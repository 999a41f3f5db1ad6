// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.sekisho.api.store.RowStore;
import org.sekisho.testkit.store.RowStoreContract;

class PostgresRowStoreContractTest extends RowStoreContract {

    private static EmbeddedPostgres postgres;
    private static JdbcRowStore store;

    @BeforeAll
    static void start() throws IOException {
        postgres = RealPostgres.start();
        store = JdbcRowStore.open(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Override
    protected RowStore store() {
        return store;
    }
}
