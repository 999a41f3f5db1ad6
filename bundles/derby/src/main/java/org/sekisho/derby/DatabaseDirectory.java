// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.derby;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a database. Derby makes a database in many steps and refuses to go on with one whose making was cut short.
 * Therefore it is made under another name ({@value #SUFFIX}) and gets its own when it is complete: what is there under its own
 * name is whole, whenever the process was killed. Leftovers under the other name are thrown away; nothing was ever stored there.
 */
record DatabaseDirectory(Path path) {

    static final String SUFFIX = ".unfinished";

    /** Written by Derby as the last step of making a database; the second while it replaces the first. */
    private static final List<String> LAST_WRITTEN = List.of("service.properties", "service.propertiesold");

    private static final String DATABASE_SHUT_DOWN = "08006";

    /** Empty for what is not in a directory, such as {@code memory:x}. A relative name counts from {@code derby.system.home}. */
    static Optional<DatabaseDirectory> of(@Nullable String databaseName) {
        if (databaseName == null
                || databaseName.startsWith("memory:")
                || databaseName.startsWith("classpath:")
                || databaseName.startsWith("jar:")) {
            return Optional.empty();
        }
        String name =
                databaseName.startsWith("directory:") ? databaseName.substring("directory:".length()) : databaseName;
        Path home = Path.of(System.getProperty("derby.system.home", ""));
        return Optional.of(
                new DatabaseDirectory(home.resolve(name).toAbsolutePath().normalize()));
    }

    boolean isComplete() {
        return LAST_WRITTEN.stream().map(path::resolve).anyMatch(Files::isRegularFile);
    }

    /** Something is there that is not a whole database: from elsewhere, or what is left of one. */
    boolean isDamaged() {
        return Files.exists(path) && !isComplete() && !isEmpty();
    }

    private boolean isEmpty() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false; // unreadable, or a file: nothing that may be replaced
        }
    }

    /** Makes an empty database. When that fails, there is none. */
    void create() throws IOException, SQLException {
        Path unfinished = path.resolveSibling(path.getFileName() + SUFFIX);
        createPrivately(path.getParent());
        delete(unfinished);
        EmbeddedDataSource maker = new EmbeddedDataSource();
        maker.setDatabaseName(unfinished.toString());
        maker.setCreateDatabase("create");
        try {
            maker.getConnection().close();
        } catch (SQLException e) {
            endHalfMade(unfinished, e);
            throw e;
        }
        shutDown(unfinished);
        try {
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, path);
        }
        force(path.getParent());
    }

    /** The new name must outlive a loss of power as well as what is written under it. Only where directories can be forced. */
    private static void force(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** So that the next attempt finds no file of it open; most often there is nothing to end. */
    private static void endHalfMade(Path unfinished, SQLException reason) {
        try {
            shutDown(unfinished);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private static void shutDown(Path unfinished) throws SQLException {
        EmbeddedDataSource ending = new EmbeddedDataSource();
        ending.setDatabaseName(unfinished.toString());
        ending.setShutdownDatabase("shutdown");
        try {
            ending.getConnection().close();
        } catch (SQLException e) {
            if (!DATABASE_SHUT_DOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void createPrivately(Path home) throws IOException {
        if (home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(home);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
