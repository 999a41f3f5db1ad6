// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.Table;

/**
 * Apache Derby, embedded.
 *
 * <p>Derby compares binary values as if the shorter one were padded with 0x20: 61 equals 6120. Scopes and keys are
 * therefore stored with one octet 0x00 behind them, with which Derby's order is the order of the octets.
 *
 * <p>Derby has no snapshots. A writer holds the exclusive lock of the scope's row, a reader its shared lock; what the rows
 * themselves are locked with does not matter then. Every SELECT names its index, because Derby's optimizer scans small tables
 * and then waits for rows of other scopes. A second, descending index makes {@code last} one step: Derby does not walk an
 * index backwards.
 */
final class DerbyDialect implements Dialect {

    private static final String LOCK = "UPDATE sk_scope SET writes = writes + 1 WHERE scope = ?";
    private static final String FIRST_USE = "INSERT INTO sk_scope (scope, writes) VALUES (?, 1)";
    private static final String SHARE =
            "SELECT scope FROM sk_scope --DERBY-PROPERTIES constraint=SK_SCOPE_PK\n WHERE scope = ? WITH RS";

    private static final String DUPLICATE_KEY = "23505";
    private static final String DEADLOCK = "40001";

    /** Page or log could not be written, most likely for lack of room. */
    private static final Set<String> FULL = Set.of("XSDG1", "XSDFI", "XSLA0", "XSLA4");

    private final Map<Table, TableSql> statements = Dialect.statements(DerbyDialect::statements);

    @Override
    public String name() {
        return "derby";
    }

    @Override
    public TableSql sql(Table table) {
        return statements.get(table);
    }

    @Override
    public byte[] stored(Octets key) {
        byte[] bytes = key.toByteArray();
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    @Override
    public Octets loaded(byte[] key) {
        return Octets.of(key, 0, key.length - 1);
    }

    @Override
    public void lock(Session session, Octets scope) throws SQLException {
        session.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        byte[] stored = stored(scope);
        while (!changesOne(session, LOCK, stored)) {
            if (inserts(session, FIRST_USE, stored)) {
                return;
            }
        }
    }

    @Override
    public boolean share(Session session, Octets scope) throws SQLException {
        session.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        PreparedStatement statement = session.prepare(SHARE);
        statement.setBytes(1, stored(scope));
        try (ResultSet found = statement.executeQuery()) {
            return found.next();
        }
    }

    @Override
    public void put(Session session, Table table, byte[] scope, Row row) throws SQLException {
        if (!changesOne(session, sql(table).upsert(), row.value().toByteArray(), scope, stored(row.key()))) {
            changesOne(
                    session,
                    sql(table).insert(),
                    scope,
                    stored(row.key()),
                    row.value().toByteArray());
        }
    }

    @Override
    public void putAll(Session session, Table table, byte[] scope, Iterable<Row> rows) throws SQLException {
        List<Row> asked = new ArrayList<>();
        PreparedStatement update = session.prepare(sql(table).upsert());
        for (Row row : rows) {
            bind(update, row.value().toByteArray(), scope, stored(row.key()));
            update.addBatch();
            asked.add(row);
        }
        int[] updated = update.executeBatch();
        PreparedStatement insert = session.prepare(sql(table).insert());
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                bind(
                        insert,
                        scope,
                        stored(asked.get(i).key()),
                        asked.get(i).value().toByteArray());
                insert.addBatch();
            }
        }
        insert.executeBatch();
    }

    @Override
    public boolean insert(Session session, Table table, byte[] scope, Row row) throws SQLException {
        return inserts(
                session,
                sql(table).insert(),
                scope,
                stored(row.key()),
                row.value().toByteArray());
    }

    @Override
    public Fault fault(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && FULL.contains(sql.getSQLState())) {
                return Fault.FULL;
            }
        }
        return DEADLOCK.equals(e.getSQLState()) ? Fault.LOST_RACE : Fault.UNAVAILABLE;
    }

    private static boolean inserts(Session session, String sql, byte[]... parameters) throws SQLException {
        try {
            return changesOne(session, sql, parameters);
        } catch (SQLException e) {
            if (DUPLICATE_KEY.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static boolean changesOne(Session session, String sql, byte[]... parameters) throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        bind(statement, parameters);
        return statement.executeUpdate() == 1;
    }

    private static void bind(PreparedStatement statement, byte[]... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setBytes(i + 1, parameters[i]);
        }
    }

    private static TableSql statements(Table table) {
        String name = Dialect.physical(table);
        String ascending = name + " --DERBY-PROPERTIES constraint=" + name.toUpperCase(Locale.ROOT) + "_PK\n";
        String descending = name + " --DERBY-PROPERTIES index=" + name.toUpperCase(Locale.ROOT) + "_DESC\n";
        String range = " WHERE scope = ? AND k >= ? AND k < ?";
        return new TableSql(
                "SELECT v FROM " + ascending + " WHERE scope = ? AND k = ?",
                "INSERT INTO " + name + " (scope, k, v) VALUES (?, ?, ?)",
                "UPDATE " + name + " SET v = ? WHERE scope = ? AND k = ?",
                "DELETE FROM " + name + " WHERE scope = ? AND k = ?",
                "SELECT k, v FROM " + ascending + range + " ORDER BY scope, k FETCH FIRST ? ROWS ONLY",
                "SELECT k, v FROM " + descending + range + " ORDER BY scope DESC, k DESC FETCH FIRST 1 ROWS ONLY",
                "SELECT COUNT(*) FROM " + ascending + range,
                "SELECT scope FROM " + ascending + " WHERE scope > ? ORDER BY scope, k FETCH FIRST 1 ROWS ONLY");
    }
}
