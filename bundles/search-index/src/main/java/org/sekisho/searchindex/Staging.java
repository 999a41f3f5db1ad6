// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * A segment on its way: how much of it is there.
 *
 * @param rows octets of rows that came
 * @param lastLabel of the last row that came; rows come sorted
 */
record Staging(
        LeafId writer, int rowSize, int totalRows, int rows, int totalDirectory, int directory, Octets lastLabel) {

    private static final Octets KIND = Octets.utf8("U");

    static Staging begin(LeafId writer, int rowSize) {
        return new Staging(writer, rowSize, 0, 0, 0, 0, Octets.EMPTY);
    }

    static Optional<Staging> find(RowTx tx, Octets segment) {
        return tx.get(Table.INDEX, Octets.concat(KIND, segment)).map(Staging::decode);
    }

    void save(RowTx tx, Octets segment) {
        tx.put(Table.INDEX, Octets.concat(KIND, segment), encode());
    }

    static void forget(RowTx tx, Octets segment) {
        tx.delete(Table.INDEX, Octets.concat(KIND, segment));
    }

    static long count(RowTx tx) {
        return tx.count(Table.INDEX, KIND);
    }

    Staging withRows(int total, int more, Octets last) {
        return new Staging(writer, rowSize, total, rows + more, totalDirectory, directory, last);
    }

    Staging withDirectory(int total, int more) {
        return new Staging(writer, rowSize, totalRows, rows, total, directory + more, lastLabel);
    }

    boolean complete() {
        return totalRows > 0 && rows == totalRows && totalDirectory > 0 && directory == totalDirectory;
    }

    private Octets encode() {
        return Cbor.encode(writer, rowSize, totalRows, rows, totalDirectory, directory, lastLabel);
    }

    private static Staging decode(Octets value) {
        var r = new CborReader(value);
        r.arrayOf(7);
        var staging = new Staging(
                r.leafId(),
                (int) r.integer(),
                (int) r.integer(),
                (int) r.integer(),
                (int) r.integer(),
                (int) r.integer(),
                r.octets(16));
        r.end();
        return staging;
    }
}
