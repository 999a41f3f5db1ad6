// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import java.sql.SQLException;
import org.sekisho.api.store.RollBack;

/** Carries a failed statement out of the work of a transaction. Never leaves {@link JdbcRowStore}: {@link JdbcRowTx#end} puts the cause in
 * its place. */
final class StatementFailure extends RollBack {

    private static final long serialVersionUID = 1L;

    StatementFailure(SQLException cause) {
        super(null, cause);
    }
}
