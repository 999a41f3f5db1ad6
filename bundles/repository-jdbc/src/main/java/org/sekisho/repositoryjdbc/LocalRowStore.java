// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;

/**
 * A row store in a directory: embedded Apache Derby, for a plain JVM with Derby on its class path. What {@link #transact}
 * confirmed is there after a kill -9 or a power cut, as far as the disk keeps what it confirms.
 *
 * <p>One process at a time has a directory open; a second one gets STORAGE_UNAVAILABLE. Open a directory once per process and
 * share the store: it is safe for many threads. {@link #close} shuts the database down.
 */
public final class LocalRowStore implements RowStore, AutoCloseable {

    private static final String DATABASE = "rows";
    private static final String UNFINISHED = "rows.new";
    private static final int MAX_IDLE = 4;

    /** How Derby says that a shutdown succeeded. */
    private static final String DATABASE_SHUT_DOWN = "08006";

    private final Path database;
    private final JdbcRowStore rows;

    private LocalRowStore(Path database) {
        this.database = database;
        this.rows = JdbcRowStore.open(new DriverDataSource(url(database)), MAX_IDLE);
    }

    /**
     * Opens the store in {@code directory}, which is created, readable by its owner only, if need be. A store whose creation
     * was cut short by a crash is created again: it first appears under its name when it is complete.
     */
    public static LocalRowStore open(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        if (home.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("Derby takes what follows a semicolon in a path for attributes");
        }
        Path database = home.resolve(DATABASE);
        configureDerby(home);
        try {
            if (!Files.isDirectory(database)) {
                createDirectory(home);
                create(home.resolve(UNFINISHED), database);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a store in " + home, e);
        }
        return new LocalRowStore(database);
    }

    @Override
    public <T> T transact(Octets scope, Work<T> work) {
        return rows.transact(scope, work);
    }

    @Override
    public <T> T read(Octets scope, Work<T> work) {
        return rows.read(scope, work);
    }

    @Override
    public List<Octets> scopes(Table table, Octets after, int limit) {
        return rows.scopes(table, after, limit);
    }

    /** Shuts the database down; what is running gets STORAGE_UNAVAILABLE. Idempotent. */
    @Override
    public void close() {
        rows.close();
        shutDown(database);
    }

    private static void create(Path unfinished, Path database) throws IOException {
        delete(unfinished);
        JdbcRowStore.open(new DriverDataSource(url(unfinished) + ";create=true"))
                .close();
        shutDown(unfinished);
        try {
            Files.move(unfinished, database, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, database);
        }
    }

    private static void shutDown(Path database) {
        try {
            DriverManager.getConnection(url(database) + ";shutdown=true").close();
        } catch (SQLException e) {
            if (!DATABASE_SHUT_DOWN.equals(e.getSQLState()) && !isNotRunning(e)) {
                throw new UnavailableException(
                        ErrorCode.STORAGE_UNAVAILABLE,
                        "the store did not shut down (SQL state " + e.getSQLState() + ")");
            }
        }
    }

    /** Derby refuses to shut down what is shut down. */
    private static boolean isNotRunning(SQLException e) {
        return "XJ004".equals(e.getSQLState()) || "08003".equals(e.getSQLState());
    }

    private static String url(Path database) {
        return "jdbc:derby:directory:" + database;
    }

    /** Properties of the whole process that Derby reads when it boots; what is set stays. */
    private static void configureDerby(Path home) {
        setIfAbsent("derby.stream.error.file", home.resolve("derby.log").toString());
        setIfAbsent("derby.locks.escalationThreshold", String.valueOf(Integer.MAX_VALUE));
        setIfAbsent("derby.language.statementCacheSize", "400");
    }

    private static void setIfAbsent(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    private static void createDirectory(Path home) throws IOException {
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
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
