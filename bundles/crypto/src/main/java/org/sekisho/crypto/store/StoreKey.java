// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;

/** The key of a store as a file of 32 bytes that only its owner may read. */
public final class StoreKey {

    private StoreKey() {}

    /**
     * Reads the key, or makes one when there is no file. Two processes that start together get the same key.
     *
     * @throws IOException when the file has another length, or others than its owner may read it
     */
    public static SecretBytes loadOrCreate(Path file, Entropy entropy) throws IOException {
        if (!Files.exists(file)) {
            OwnerOnlyFile.createDirectories(file.toAbsolutePath().getParent());
            byte[] fresh = entropy.next(StoreSealer.KEY_SIZE);
            try {
                OwnerOnlyFile.create(file, fresh, entropy);
                return SecretBytes.copyOf(fresh);
            } catch (FileAlreadyExistsException e) {
                return load(file);
            } finally {
                Arrays.fill(fresh, (byte) 0);
            }
        }
        return load(file);
    }

    /** Reads the key. */
    public static SecretBytes load(Path file) throws IOException {
        byte[] bytes = OwnerOnlyFile.read(file, StoreSealer.KEY_SIZE);
        if (bytes.length != StoreSealer.KEY_SIZE) {
            throw new IOException(file + " does not have " + StoreSealer.KEY_SIZE + " bytes");
        }
        return SecretBytes.take(bytes);
    }
}
