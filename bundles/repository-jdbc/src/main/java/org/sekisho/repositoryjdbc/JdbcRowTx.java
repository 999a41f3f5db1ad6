// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Octets;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;

/** A transaction on a session. The first failed statement is kept: after it nothing may be committed. */
final class JdbcRowTx implements RowTx {

    /** What the transaction may do. */
    enum Mode {
        WRITE,
        READ,
        /** The scope was never written: there is nothing to read, and nothing is asked. */
        READ_NOTHING
    }

    private final Session session;
    private final Dialect dialect;
    private final Octets scope;
    private final byte[] storedScope;
    private final Mode mode;
    private final Thread owner = Thread.currentThread();
    private boolean open = true;
    private @Nullable SQLException failure;

    JdbcRowTx(Session session, Dialect dialect, Octets scope, Mode mode) {
        this.session = session;
        this.dialect = dialect;
        this.scope = scope;
        this.storedScope = dialect.stored(scope);
        this.mode = mode;
    }

    /** Ends it; throws what failed in it, if anything did. */
    void end() throws SQLException {
        open = false;
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Octets scope() {
        return scope;
    }

    @Override
    public Optional<Octets> get(Table table, Octets key) {
        Limits.key(key);
        return reading(Optional.empty(), () -> {
            PreparedStatement statement = session.prepare(dialect.sql(table).get());
            statement.setBytes(1, storedScope);
            statement.setBytes(2, dialect.stored(key));
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(Octets.of(found.getBytes(1))) : Optional.empty();
            }
        });
    }

    @Override
    public void put(Table table, Octets key, Octets value) {
        Row row = checked(key, value);
        writing(() -> {
            dialect.put(session, table, storedScope, row);
            return null;
        });
    }

    @Override
    public void putAll(Table table, List<Row> rows) {
        Map<Octets, Row> last = new LinkedHashMap<>();
        for (Row row : rows) {
            last.put(row.key(), checked(row.key(), row.value()));
        }
        writing(() -> {
            if (!last.isEmpty()) {
                dialect.putAll(session, table, storedScope, last.values());
            }
            return null;
        });
    }

    @Override
    public boolean insert(Table table, Octets key, Octets value) {
        Row row = checked(key, value);
        return writing(() -> dialect.insert(session, table, storedScope, row));
    }

    @Override
    public boolean delete(Table table, Octets key) {
        Limits.key(key);
        return writing(() -> {
            PreparedStatement statement = session.prepare(dialect.sql(table).delete());
            statement.setBytes(1, storedScope);
            statement.setBytes(2, dialect.stored(key));
            return statement.executeUpdate() == 1;
        });
    }

    @Override
    public List<Row> scan(Table table, Octets prefix, Octets after, int limit) {
        Limits.key(prefix);
        Limits.key(after);
        Limits.rows(limit);
        return reading(List.of(), () -> {
            PreparedStatement statement = session.prepare(dialect.sql(table).scan());
            bind(statement, KeyRange.of(prefix, after));
            statement.setInt(4, limit);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
            return List.copyOf(rows);
        });
    }

    @Override
    public Optional<Row> last(Table table, Octets prefix) {
        Limits.key(prefix);
        return reading(Optional.empty(), () -> {
            PreparedStatement statement = session.prepare(dialect.sql(table).last());
            bind(statement, KeyRange.of(prefix));
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(row(found)) : Optional.empty();
            }
        });
    }

    @Override
    public long count(Table table, Octets prefix) {
        Limits.key(prefix);
        return reading(0L, () -> {
            PreparedStatement statement = session.prepare(dialect.sql(table).count());
            bind(statement, KeyRange.of(prefix));
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        });
    }

    private void bind(PreparedStatement statement, KeyRange range) throws SQLException {
        statement.setBytes(1, storedScope);
        statement.setBytes(2, dialect.stored(range.first()));
        statement.setBytes(3, dialect.stored(range.end()));
    }

    private Row row(ResultSet at) throws SQLException {
        return new Row(dialect.loaded(at.getBytes(1)), Octets.of(at.getBytes(2)));
    }

    private static Row checked(Octets key, Octets value) {
        Limits.key(key);
        Limits.value(value);
        return new Row(key, value);
    }

    private <T> T reading(T nothing, Statements<T> statements) {
        return mode == Mode.READ_NOTHING ? run(() -> nothing) : run(statements);
    }

    private <T> T writing(Statements<T> statements) {
        if (mode != Mode.WRITE) {
            throw new IllegalStateException("a read transaction writes nothing");
        }
        return run(statements);
    }

    private <T> T run(Statements<T> statements) {
        if (!open) {
            throw new IllegalStateException("the transaction has ended");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a transaction belongs to the thread that runs it");
        }
        if (failure != null) {
            throw new StatementFailure(failure);
        }
        try {
            return statements.run();
        } catch (SQLException e) {
            failure = e;
            throw new StatementFailure(e);
        }
    }

    private interface Statements<T> {
        T run() throws SQLException;
    }
}
