// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.store;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Octets;

/** One transaction on one scope. Not valid after it. Throws IllegalStateException on a write in a read transaction. */
@ProviderType
public interface RowTx {

    /** The scope this transaction is on. */
    Octets scope();

    Optional<Octets> get(Table table, Octets key);

    /** Writes, whether or not the key was there. */
    void put(Table table, Octets key, Octets value);

    /** Writes many, as {@link #put}, in one round trip where the database can. */
    void putAll(Table table, List<Row> rows);

    /** Writes unless the key is there; tells whether it wrote. */
    boolean insert(Table table, Octets key, Octets value);

    /** Deletes; tells whether there was something. */
    boolean delete(Table table, Octets key);

    /** Rows whose key begins with {@code prefix} and is greater than {@code after}, ascending, at most {@code limit}. */
    List<Row> scan(Table table, Octets prefix, Octets after, int limit);

    /** The greatest key that begins with {@code prefix}, with its value. */
    Optional<Row> last(Table table, Octets prefix);

    /** Number of rows whose key begins with {@code prefix}. */
    long count(Table table, Octets prefix);
}
