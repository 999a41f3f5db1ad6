// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import org.sekisho.api.scheme.Entropy;

/**
 * Small secret files. A file appears whole and durable or not at all, and only its owner may read it.
 *
 * <p>Permissions are set and checked where the file system has them; elsewhere the directory must be protected.
 */
public final class OwnerOnlyFile {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private OwnerOnlyFile() {}

    /** Writes {@code content} to a new file, or throws {@link FileAlreadyExistsException} and changes nothing. */
    public static void create(Path file, byte[] content, Entropy entropy) throws IOException {
        Path unfinished = writeUnfinished(file, content, entropy);
        try {
            publish(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        forceDirectory(file.toAbsolutePath().getParent());
    }

    /** Writes {@code content} to a file, in place of what was there. */
    public static void replace(Path file, byte[] content, Entropy entropy) throws IOException {
        Path unfinished = writeUnfinished(file, content, entropy);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(file.toAbsolutePath().getParent());
    }

    private static Path writeUnfinished(Path file, byte[] content, Entropy entropy) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Path unfinished =
                parent.resolve("." + file.getFileName() + "." + HexFormat.of().formatHex(entropy.next(8)));
        try (FileChannel channel = FileChannel.open(unfinished, Set.of(CREATE_NEW, WRITE), ownerOnly(parent, FILE))) {
            write(channel, content);
        }
        return unfinished;
    }

    /** A hard link fails when the name is taken, even by another process in the same moment; a move might not. */
    private static void publish(Path unfinished, Path file) throws IOException {
        try {
            Files.createLink(file, unfinished);
        } catch (UnsupportedOperationException e) {
            Files.move(unfinished, file);
        }
    }

    /** Reads a file of at most {@code maxSize} bytes that nobody but its owner may read. */
    public static byte[] read(Path file, int maxSize) throws IOException {
        if (posix(file) && !FILE.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("others than the owner may read " + file);
        }
        if (Files.size(file) > maxSize) {
            throw new IOException(file + " is longer than " + maxSize + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /** Overwrites and deletes a file; tells whether there was one. */
    public static boolean shred(Path file, Entropy entropy) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            write(channel, entropy.next((int) Math.min(channel.size(), 1 << 20)));
        } catch (NoSuchFileException e) {
            return false;
        }
        Files.deleteIfExists(file);
        forceDirectory(file.toAbsolutePath().getParent());
        return true;
    }

    /** Makes a directory that only its owner may enter, unless it is there. */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Files.createDirectories(directory, ownerOnly(parent, DIRECTORY));
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    /** Makes a new or removed name durable; only file systems with owners have directories that can be forced. */
    private static void forceDirectory(Path directory) throws IOException {
        if (posix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path where, Set<PosixFilePermission> permissions) {
        return posix(where)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
