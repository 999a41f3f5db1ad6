// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import java.time.Instant;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowStore;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * The revocation list last issued.
 *
 * @param number grows with every list
 * @param der as signed
 */
public record RevocationListRow(long number, Instant issuedAt, Octets der) {

    private static final int VERSION = 1;

    /** CBOR [1, number, issuedAt in milliseconds, der]. */
    public Octets encode() {
        return Cbor.encode(VERSION, number, issuedAt.toEpochMilli(), der);
    }

    /** Reads what {@link #encode} wrote. */
    public static RevocationListRow decode(Octets stored) {
        var in = new CborReader(stored);
        in.struct(VERSION, 4);
        var list = new RevocationListRow(
                in.uint(Long.MAX_VALUE), Instant.ofEpochMilli(in.integer()), in.octets(RowStore.MAX_VALUE));
        in.end();
        return list;
    }
}
