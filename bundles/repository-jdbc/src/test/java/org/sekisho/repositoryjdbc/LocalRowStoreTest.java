// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.Table;
import org.sekisho.testkit.store.StoreDigest;

class LocalRowStoreTest {

    private static final Octets SCOPE = Octets.utf8("s");
    private static final Octets KEY = Octets.utf8("k");

    @TempDir
    private Path directory;

    @Test
    void what_was_written_is_there_after_close_and_open() {
        Path home = directory.resolve("a").resolve("b");
        Hash written;
        try (LocalRowStore store = LocalRowStore.open(home)) {
            store.transact(SCOPE, tx -> tx.insert(Table.GROUP, KEY, Octets.utf8("value")));
            written = StoreDigest.of(store);
        }
        try (LocalRowStore store = LocalRowStore.open(home)) {
            assertThat(StoreDigest.of(store)).isEqualTo(written);
            store.transact(SCOPE, tx -> tx.delete(Table.GROUP, KEY));
            assertThat(StoreDigest.of(store)).isNotEqualTo(written);
        }
    }

    @Test
    void a_closed_store_is_unavailable_and_closes_again() {
        LocalRowStore store = LocalRowStore.open(directory.resolve("store"));
        store.close();
        store.close();
        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> store.read(SCOPE, tx -> 1));
    }

    @Test
    void the_directory_is_its_owners_only() throws Exception {
        Path home = directory.resolve("store");
        LocalRowStore.open(home).close();
        if (Files.getFileStore(home).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_path_cannot_carry_attributes_into_the_url() {
        Path home = directory.resolve("store;create=true");
        assertThatIllegalArgumentException().isThrownBy(() -> LocalRowStore.open(home));
    }
}
