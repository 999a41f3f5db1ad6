// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.List;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.Sha256;
import org.sekisho.searchindex.wire.IndexLimits;
import org.sekisho.searchindex.wire.Manifest;

/** Whether what was staged is what a manifest says: read in steps, before the small transaction that makes it live. */
final class StagedCheck {

    private static final int STEP = 256;

    private final RowStore rows;
    private final Octets scope;

    StagedCheck(RowStore rows, Octets scope) {
        this.rows = rows;
        this.scope = scope;
    }

    void require(Manifest manifest, LeafId writer) {
        int rowSize = IndexLimits.row(manifest.level());
        boolean complete = rows.read(scope, tx -> Staging.find(tx, manifest.segment()))
                .filter(Staging::complete)
                .filter(s -> s.writer().equals(writer) && s.rowSize() == rowSize)
                .filter(s -> s.rows() == (long) manifest.rows() * rowSize && s.directory() == manifest.directorySize())
                .isPresent();
        if (!complete) {
            throw new ConflictException(ErrorCode.PRECONDITION_FAILED, "the upload is not complete");
        }
        byte[] staged = all(Table.INDEX_PAGE, manifest.segment(), manifest.rows() * rowSize);
        boolean same = Manifest.hashRows(staged).equals(manifest.rowsHash())
                && Sha256.hash(all(Table.INDEX_DIRECTORY, manifest.segment(), manifest.directorySize()))
                        .equals(manifest.directoryHash());
        if (!same) {
            throw new RejectedException(ErrorCode.MALFORMED, "the segment is not what its manifest says");
        }
    }

    private byte[] all(Table table, Octets segment, int size) {
        byte[] all = new byte[size];
        int at = 0;
        Octets after = Octets.EMPTY;
        while (at < size) {
            Octets from = after;
            List<Row> page = rows.read(scope, tx -> tx.scan(table, segment, from, STEP));
            for (Row row : page) {
                if (at + row.value().size() > size) {
                    return new byte[0];
                }
                System.arraycopy(
                        row.value().toByteArray(), 0, all, at, row.value().size());
                at += row.value().size();
                after = row.key();
            }
            if (page.isEmpty()) {
                return new byte[0];
            }
        }
        return all;
    }
}
