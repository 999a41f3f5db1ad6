// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.SystemEntropy;

class StoreKeyTest {

    private final Entropy entropy = new SystemEntropy();

    @TempDir
    Path directory;

    @Test
    void isMadeOnceAndReadBack() throws IOException {
        Path file = directory.resolve("new").resolve("store.key");
        SecretBytes made = StoreKey.loadOrCreate(file, entropy);

        assertThat(StoreKey.loadOrCreate(file, entropy)).isEqualTo(made);
        assertThat(StoreKey.load(file)).isEqualTo(made);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(file.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void thoseWhoStartTogetherGetTheSame() {
        Path file = directory.resolve("store.key");
        List<SecretBytes> keys = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return StoreKey.loadOrCreate(file, entropy);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
        assertThat(keys).allMatch(keys.get(0)::equals);
    }

    @Test
    void fileThatOthersMayReadIsRefused() throws IOException {
        Path file = directory.resolve("store.key");
        StoreKey.loadOrCreate(file, entropy).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> StoreKey.load(file)).isInstanceOf(IOException.class);
    }

    @Test
    void fileOfAnotherLengthIsRefusedAndKept() throws IOException {
        for (int size : new int[] {0, 31, 33}) {
            Path file = directory.resolve("store.key" + size);
            OwnerOnlyFile.create(file, new byte[size], entropy);
            assertThatThrownBy(() -> StoreKey.loadOrCreate(file, entropy)).isInstanceOf(IOException.class);
            assertThat(Files.size(file)).isEqualTo(size);
        }
    }

    @Test
    void replacingKeepsTheFileOwnerOnly() throws IOException {
        Path file = directory.resolve("file");
        OwnerOnlyFile.replace(file, new byte[] {1}, entropy);
        OwnerOnlyFile.replace(file, new byte[] {2, 3}, entropy);
        assertThat(OwnerOnlyFile.read(file, 2)).containsExactly(2, 3);
        assertThatThrownBy(() -> OwnerOnlyFile.read(file, 1)).isInstanceOf(IOException.class);
    }
}
