// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    private final String url = "jdbc:derby:memory:" + UUID.randomUUID() + ";create=true";

    /** A released script never changes: databases were made with it. A new version is a new script and a new line here. */
    @ParameterizedTest
    @CsvSource({
        "derby, 1, 3234845944",
        "postgresql, 1, 2238020998",
        "derby, 2, 4198635880",
        "postgresql, 2, 2857728955",
        "derby, 3, 4069723109",
        "postgresql, 3, 2781184237"
    })
    void released_scripts_are_as_they_were(String dialect, int version, long checksum) {
        assertThat(Schema.checksum(dialect, version)).isEqualTo(checksum);
    }

    @Test
    void a_second_migration_changes_nothing() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            new Schema(new DerbyDialect()).migrate(connection);
            String first = journal(connection);
            new Schema(new DerbyDialect()).migrate(connection);
            assertThat(journal(connection)).isEqualTo(first).startsWith("1 ");
        }
    }

    @Test
    void a_database_of_a_newer_release_is_refused() throws SQLException {
        refused("INSERT INTO sk_schema (version, checksum) VALUES (" + (Schema.VERSION + 1) + ", 1)", "newer");
    }

    @Test
    void a_database_made_with_another_script_is_refused() throws SQLException {
        refused("UPDATE sk_schema SET checksum = 1 WHERE version = 1", "is not the one");
    }

    private void refused(String change, String message) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            new Schema(new DerbyDialect()).migrate(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute(change);
            }
            connection.commit();
            assertThatIllegalStateException()
                    .isThrownBy(() -> new Schema(new DerbyDialect()).migrate(connection))
                    .withMessageContaining(message);
        }
    }

    private static String journal(Connection connection) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT version, checksum, applied FROM sk_schema ORDER BY version")) {
            while (found.next()) {
                rows.append(found.getInt(1))
                        .append(' ')
                        .append(found.getLong(2))
                        .append(' ');
                rows.append(found.getTimestamp(3)).append('\n');
            }
        }
        connection.commit();
        return rows.toString();
    }
}
