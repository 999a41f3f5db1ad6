// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.Table;

/**
 * PostgreSQL. Writers hold the row lock of their scope, readers see a snapshot and wait for nobody. The isolation level is set
 * per transaction, in one message with the first statement, so that neither the server's nor the pool's default matters.
 */
final class PostgresDialect implements Dialect {

    private static final String LOCK = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
            + " SET LOCAL lock_timeout = '10s'; SELECT 1 FROM sk_scope WHERE scope = ? FOR UPDATE";
    private static final String FIRST_USE = "INSERT INTO sk_scope (scope) VALUES (?) ON CONFLICT DO NOTHING";
    private static final String SHARE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private final Map<Table, TableSql> statements = Dialect.statements(PostgresDialect::statements);

    /** One statement for any number of rows: scope, keys, values. */
    private final Map<Table, String> upsertAll = new EnumMap<>(Table.class);

    PostgresDialect() {
        for (Table table : Table.values()) {
            upsertAll.put(
                    table,
                    "INSERT INTO " + Dialect.physical(table) + " (scope, k, v)"
                            + " SELECT ?, k, v FROM unnest(?::bytea[], ?::bytea[]) AS rows (k, v)"
                            + " ON CONFLICT (scope, k) DO UPDATE SET v = EXCLUDED.v");
        }
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public TableSql sql(Table table) {
        return statements.get(table);
    }

    @Override
    public byte[] stored(Octets key) {
        return key.toByteArray();
    }

    @Override
    public Octets loaded(byte[] key) {
        return Octets.of(key);
    }

    @Override
    public void lock(Session session, Octets scope) throws SQLException {
        byte[] stored = stored(scope);
        while (!locked(session, stored)) {
            PreparedStatement firstUse = session.prepare(FIRST_USE);
            firstUse.setBytes(1, stored);
            if (firstUse.executeUpdate() == 1) {
                return;
            }
        }
    }

    @Override
    public boolean share(Session session, Octets scope) throws SQLException {
        session.prepare(SHARE).execute();
        return true;
    }

    @Override
    public void put(Session session, Table table, byte[] scope, Row row) throws SQLException {
        PreparedStatement statement = session.prepare(sql(table).upsert());
        bind(statement, scope, row);
        statement.executeUpdate();
    }

    @Override
    public void putAll(Session session, Table table, byte[] scope, Iterable<Row> rows) throws SQLException {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (Row row : rows) {
            keys.add(row.key().toByteArray());
            values.add(row.value().toByteArray());
        }
        Array keyArray = array(session, keys);
        Array valueArray = array(session, values);
        try {
            PreparedStatement statement = session.prepare(upsertAll.get(table));
            statement.setBytes(1, scope);
            statement.setArray(2, keyArray);
            statement.setArray(3, valueArray);
            statement.executeUpdate();
        } finally {
            keyArray.free();
            valueArray.free();
        }
    }

    private static Array array(Session session, List<byte[]> octets) throws SQLException {
        return session.connection().createArrayOf("bytea", octets.toArray(byte[][]::new));
    }

    @Override
    public boolean insert(Session session, Table table, byte[] scope, Row row) throws SQLException {
        PreparedStatement statement = session.prepare(sql(table).insert());
        bind(statement, scope, row);
        return statement.executeUpdate() == 1;
    }

    @Override
    public Fault fault(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "40001", "40P01" -> Fault.LOST_RACE;
            case "53100" -> Fault.FULL;
            default -> Fault.UNAVAILABLE;
        };
    }

    /** The three statements of {@link #LOCK} travel together; the answer of the last one counts. */
    private static boolean locked(Session session, byte[] scope) throws SQLException {
        PreparedStatement statement = session.prepare(LOCK);
        statement.setBytes(1, scope);
        boolean rows = statement.execute();
        while (!rows && statement.getUpdateCount() != -1) {
            rows = statement.getMoreResults();
        }
        try (ResultSet found = statement.getResultSet()) {
            return found.next();
        }
    }

    private static void bind(PreparedStatement statement, byte[] scope, Row row) throws SQLException {
        statement.setBytes(1, scope);
        statement.setBytes(2, row.key().toByteArray());
        statement.setBytes(3, row.value().toByteArray());
    }

    private static TableSql statements(Table table) {
        String name = Dialect.physical(table);
        String insert = "INSERT INTO " + name + " (scope, k, v) VALUES (?, ?, ?) ON CONFLICT ";
        String range = " FROM " + name + " WHERE scope = ? AND k >= ? AND k < ?";
        return new TableSql(
                "SELECT v FROM " + name + " WHERE scope = ? AND k = ?",
                insert + "DO NOTHING",
                insert + "(scope, k) DO UPDATE SET v = EXCLUDED.v",
                "DELETE FROM " + name + " WHERE scope = ? AND k = ?",
                "SELECT k, v" + range + " ORDER BY k LIMIT ?",
                "SELECT k, v" + range + " ORDER BY k DESC LIMIT 1",
                "SELECT COUNT(*)" + range,
                "SELECT scope FROM " + name + " WHERE scope > ? ORDER BY scope LIMIT 1");
    }
}
