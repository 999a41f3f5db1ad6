// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;

/**
 * Crypto-shredding: one random key per identifier, each in a file of its own, so that a row sealed with
 * {@link StoreSealer#with} can be made unreadable although the database, its log and its backups keep the row.
 *
 * <p>Guarantees: {@link #create} returns when the key is durable; {@link #shred} returns when the file is overwritten
 * and its removal durable. Does not guarantee that the medium forgets: solid-state disks and journalling or
 * copy-on-write file systems may keep an old block. It is best effort there (protocol note F32). Keep the directory
 * out of backups.
 *
 * <p>The files and the database are no common transaction: create the key before the row, shred it after the row is
 * deleted, and at start shred what {@link #ids} lists and no row names.
 *
 * <p>Safe for many threads and processes. Identifiers have at most {@value #MAX_ID} bytes.
 */
public final class ShredKeys {

    /** Most bytes in an identifier. */
    public static final int MAX_ID = 96;

    private static final String SUFFIX = ".key";

    private final Path directory;
    private final Entropy entropy;

    private ShredKeys(Path directory, Entropy entropy) {
        this.directory = directory;
        this.entropy = entropy;
    }

    /** Uses {@code directory}, which is made when absent. */
    public static ShredKeys open(Path directory, Entropy entropy) throws IOException {
        OwnerOnlyFile.createDirectories(directory);
        return new ShredKeys(directory, entropy);
    }

    /** The key of {@code id}, made and made durable when there is none. */
    public SecretBytes create(Octets id) throws IOException {
        byte[] fresh = entropy.next(StoreSealer.KEY_SIZE);
        try {
            OwnerOnlyFile.create(file(id), fresh, entropy);
            return SecretBytes.take(fresh);
        } catch (FileAlreadyExistsException e) {
            return StoreKey.load(file(id));
        }
    }

    /** The key of {@code id}; empty when it was never made, or shredded. */
    public Optional<SecretBytes> find(Octets id) throws IOException {
        try {
            return Optional.of(StoreKey.load(file(id)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Destroys the key of {@code id}; tells whether there was one. */
    public boolean shred(Octets id) throws IOException {
        return OwnerOnlyFile.shred(file(id), entropy);
    }

    /** Every identifier that has a key. */
    public SortedSet<Octets> ids() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            SortedSet<Octets> ids = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> Octets.ofHex(name.substring(0, name.length() - SUFFIX.length())))
                    .forEach(ids::add);
            return ids;
        }
    }

    private Path file(Octets id) {
        if (id.isEmpty() || id.size() > MAX_ID) {
            throw new IllegalArgumentException("an identifier has 1 to " + MAX_ID + " bytes");
        }
        return directory.resolve(id.hex() + SUFFIX);
    }
}
