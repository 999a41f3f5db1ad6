// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.Table;

/** What differs between databases: statements, locking, the form of keys, the meaning of errors. */
sealed interface Dialect permits DerbyDialect, PostgresDialect {

    /** The dialect for the database behind {@code connection}. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "Apache Derby" -> new DerbyDialect();
            case "PostgreSQL" -> new PostgresDialect();
            default -> throw new IllegalStateException("no dialect for the database product " + product);
        };
    }

    /** The folder of the schema scripts. */
    String name();

    TableSql sql(Table table);

    /** A scope or key as it is stored: sorts in the database as the octets sort. */
    byte[] stored(Octets key);

    Octets loaded(byte[] key);

    /** Starts a transaction that writes in {@code scope}: returns when no other one does. */
    void lock(Session session, Octets scope) throws SQLException;

    /**
     * Starts a transaction that sees one committed state of {@code scope} and writes nothing; false when nothing was ever
     * written there, and then nothing must be read.
     */
    boolean share(Session session, Octets scope) throws SQLException;

    void put(Session session, Table table, byte[] scope, Row row) throws SQLException;

    /** As {@link #put}; no key is there twice. */
    void putAll(Session session, Table table, byte[] scope, Iterable<Row> rows) throws SQLException;

    boolean insert(Session session, Table table, byte[] scope, Row row) throws SQLException;

    Fault fault(SQLException e);

    static String physical(Table table) {
        return "sk_" + table.name().toLowerCase(Locale.ROOT);
    }

    static Map<Table, TableSql> statements(Function<Table, TableSql> make) {
        Map<Table, TableSql> all = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            all.put(table, Objects.requireNonNull(make.apply(table)));
        }
        return all;
    }
}
