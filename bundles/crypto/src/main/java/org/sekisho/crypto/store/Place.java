// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.store;

import org.sekisho.api.Octets;
import org.sekisho.codec.Cbor;

/**
 * Where a sealed row belongs. It opens nowhere else, so rows cannot be exchanged, and with a sequence number that the
 * caller checks, not be rolled back.
 *
 * @param table name of the table
 * @param scope the group or instance
 * @param key the row's key
 * @param seq a number that grows with each rewrite, or 0 where rollback is noticed otherwise
 */
public record Place(String table, Octets scope, Octets key, long seq) {

    Octets associatedData(int version) {
        return Cbor.encode("store row", version, table, scope, key, seq);
    }
}
