// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.store.RowStore;

/** The limits of {@link RowStore}, checked before anything is sent to the database. */
final class Limits {

    private Limits() {}

    static void scope(Octets scope) {
        if (scope.isEmpty()) {
            throw new RejectedException(ErrorCode.MALFORMED, "a scope has at least one octet");
        }
        check("scope", scope, RowStore.MAX_SCOPE);
    }

    static void key(Octets key) {
        check("key", key, RowStore.MAX_KEY);
    }

    static void value(Octets value) {
        check("value", value, RowStore.MAX_VALUE);
    }

    static void rows(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
    }

    private static void check(String what, Octets octets, int limit) {
        if (octets.size() > limit) {
            throw new RejectedException(
                    ErrorCode.LIMIT_EXCEEDED, what + " of " + octets.size() + " octets, at most " + limit + " allowed");
        }
    }
}
