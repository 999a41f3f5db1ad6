// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.store.RowStore;
import org.sekisho.testkit.store.RowStoreContract;

class LocalRowStoreContractTest extends RowStoreContract {

    private static LocalRowStore store;

    @BeforeAll
    static void open(@TempDir Path directory) {
        store = LocalRowStore.open(directory.resolve("store"));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    protected RowStore store() {
        return store;
    }
}
