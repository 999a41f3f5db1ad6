// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.sql.SQLException;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.sekisho.api.store.RowStore;
import org.sekisho.testkit.store.RowStoreContract;

/** Derby behind the pool the distribution has, which also keeps statements. */
class PooledRowStoreContractTest extends RowStoreContract {

    private static final BasicDataSource POOL = new BasicDataSource();
    private static JdbcRowStore store;

    @BeforeAll
    static void open() {
        POOL.setUrl("jdbc:derby:memory:pooled;create=true");
        POOL.setMaxTotal(16);
        POOL.setPoolPreparedStatements(true);
        store = JdbcRowStore.open(POOL);
    }

    @AfterAll
    static void close() throws SQLException {
        store.close();
        POOL.close();
    }

    @Override
    protected RowStore store() {
        return store;
    }
}
