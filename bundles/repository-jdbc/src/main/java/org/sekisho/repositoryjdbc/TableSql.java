// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.repositoryjdbc;

/**
 * The statements on one physical table, with their parameters.
 *
 * @param get value by scope, key
 * @param insert scope, key, value
 * @param upsert scope, key, value where the database can; else an update: value, scope, key
 * @param delete scope, key
 * @param scan keys and values by scope, first, end, limit; ascending
 * @param last greatest key and its value by scope, first, end
 * @param count by scope, first, end
 * @param nextScope the least scope greater than one
 */
record TableSql(
        String get,
        String insert,
        String upsert,
        String delete,
        String scan,
        String last,
        String count,
        String nextScope) {}
