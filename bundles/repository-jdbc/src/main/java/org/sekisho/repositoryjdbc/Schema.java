// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the newest schema: numbered scripts, each run once, all in one transaction under a lock, so that
 * gateways starting together on one database do not meet. A script that was run stays as it is: its checksum is compared at
 * every start. Why no library: docs/decisions/0006-own-migrations.md.
 */
final class Schema {

    /** The version this code works with. */
    static final int VERSION = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private final Dialect dialect;

    Schema(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Leaves auto-commit off. */
    void migrate(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            createJournal(connection);
            connection.commit(); // a snapshot taken so far would hide what is committed before the lock is ours
            Map<Integer, Long> done = lockJournal(connection);
            check(done);
            for (int version = 1; version <= VERSION; version++) {
                if (!done.containsKey(version)) {
                    run(connection, version);
                }
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Another gateway may create it at the same moment: whoever comes second finds it there. */
    private static void createJournal(Connection connection) throws SQLException {
        if (journalExists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE sk_schema (version INTEGER NOT NULL PRIMARY KEY, checksum BIGINT NOT NULL,"
                    + " applied TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (!journalExists(connection)) {
                throw e;
            }
        }
    }

    private static boolean journalExists(Connection connection) throws SQLException {
        for (String name : List.of("sk_schema", "SK_SCHEMA")) {
            try (ResultSet found =
                    connection.getMetaData().getTables(null, connection.getSchema(), name, new String[] {"TABLE"})) {
                if (found.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Map<Integer, Long> lockJournal(Connection connection) throws SQLException {
        Map<Integer, Long> done = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE sk_schema IN EXCLUSIVE MODE");
            try (ResultSet rows = statement.executeQuery("SELECT version, checksum FROM sk_schema")) {
                while (rows.next()) {
                    done.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        return done;
    }

    private void check(Map<Integer, Long> done) {
        done.forEach((version, checksum) -> {
            if (version > VERSION) {
                throw new IllegalStateException("the database has schema version " + version + ", this release knows "
                        + VERSION + ": use a newer one");
            }
            if (checksum != checksum(dialect.name(), version)) {
                throw new IllegalStateException(
                        "schema script " + version + " is not the one the database was made with");
            }
        });
    }

    private void run(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(script(dialect.name(), version))) {
                statement.execute(sql);
            }
        }
        try (PreparedStatement journal =
                connection.prepareStatement("INSERT INTO sk_schema (version, checksum) VALUES (?, ?)")) {
            journal.setInt(1, version);
            journal.setLong(2, checksum(dialect.name(), version));
            journal.executeUpdate();
        }
        LOG.info("database brought to schema version {}", version);
    }

    private static String script(String dialect, int version) {
        String name = "schema/" + dialect + "/V" + version + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A statement ends with a semicolon at the end of its line; a line that begins with two hyphens is a comment. */
    private static List<String> statements(String script) {
        StringBuilder code = new StringBuilder();
        script.lines().filter(line -> !line.startsWith("--")).forEach(line -> code.append(line)
                .append('\n'));
        List<String> statements = new ArrayList<>();
        for (String statement : code.toString().split(";\n")) {
            if (!statement.isBlank()) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }

    /** Of the script as a text: line ends do not count. */
    static long checksum(String dialect, int version) {
        CRC32 crc = new CRC32();
        crc.update(script(dialect, version).replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
