// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A DataSource that throws what a driver throws, where a test wants it. */
final class FaultyDataSource {

    /** Where a failure happens. */
    enum Moment {
        CONNECT,
        STATEMENT,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private final DataSource inner;
    private @Nullable Moment moment;
    private @Nullable String state;
    private int times;

    FaultyDataSource(DataSource inner) {
        this.inner = inner;
    }

    /** The next {@code count} times at {@code when}, throws an SQLException with {@code sqlState}. */
    void fail(Moment when, String sqlState, int count) {
        moment = when;
        state = sqlState;
        times = count;
    }

    /** How many failures are still to come. */
    int left() {
        return times;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, inner, (method, result) -> {
            if (result instanceof Connection connection) {
                return connection(connection);
            }
            return result;
        });
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, connection, (method, result) -> {
            if (method.getName().equals("commit")) {
                at(Moment.AFTER_COMMIT);
            }
            return result instanceof PreparedStatement statement
                    ? proxy(PreparedStatement.class, statement, (any, value) -> value)
                    : result;
        });
    }

    private void before(Method method) throws SQLException {
        switch (method.getName()) {
            case "getConnection" -> at(Moment.CONNECT);
            case "executeUpdate", "executeQuery", "executeBatch" -> at(Moment.STATEMENT);
            case "commit" -> at(Moment.BEFORE_COMMIT);
            default -> {
                // nothing fails here
            }
        }
    }

    private void at(Moment now) throws SQLException {
        if (now == moment && times > 0) {
            times--;
            throw new SQLException("a driver's message with row contents", state);
        }
    }

    private <T> T proxy(Class<T> type, Object target, After after) {
        Object made =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    before(method);
                    try {
                        return after.call(method, method.invoke(target, args));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(made);
    }

    private interface After {
        @Nullable Object call(Method method, @Nullable Object result) throws SQLException;
    }
}
