// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.store;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Octets;

/**
 * Keyed rows in scopes. A scope (a group, a mailbox, the directory) is the unit of locking and of sharding: no transaction
 * spans two.
 *
 * <p>Guarantees: {@link #transact} is atomic, durable when it returns, and serialised per scope, also between several gateways
 * on one database; what {@code work} throws rolls everything back and is thrown on. {@link #read} sees one committed state and
 * writes nothing. Work may run again after a lost race, so it must not have side effects of its own.
 *
 * <p>Blocks on the database. Safe for many threads; a transaction belongs to the thread that runs it. Transactions must not be
 * nested.
 *
 * <p>Errors: {@link org.sekisho.api.UnavailableException} when nothing happened (STORAGE_UNAVAILABLE, STORAGE_FULL), {@link
 * org.sekisho.api.IndeterminateException} when a commit was sent and no answer came.
 */
@ProviderType
public interface RowStore {

    int MAX_SCOPE = 64;
    int MAX_KEY = 160;
    int MAX_VALUE = 8 << 20;

    <T> T transact(Octets scope, Work<T> work);

    <T> T read(Octets scope, Work<T> work);

    /** Scopes that have rows in {@code table}, ascending, after {@code after}; at most {@code limit}. */
    List<Octets> scopes(Table table, Octets after, int limit);

    /** Something done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(RowTx tx);
    }
}
