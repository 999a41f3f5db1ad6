// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.crypto.Sha256;

/**
 * A position of an index log and the hash of everything up to it.
 *
 * @param n number of entries
 */
public record Head(long n, Hash hash) {

    /** Of a group's empty log. */
    public static Head empty(GroupId group) {
        return new Head(0, Sha256.hashArray("sse log", group));
    }

    /** After {@code entry}: {@code h_n = H(["sse log", h_(n-1), H(entry)])}. */
    public Head after(Octets entry) {
        return new Head(n + 1, Sha256.hashArray("sse log", hash, Sha256.hash(entry)));
    }
}
