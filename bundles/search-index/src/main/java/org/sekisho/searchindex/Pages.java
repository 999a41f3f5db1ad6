// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.searchindex.wire.IndexLimits;

/**
 * Where rows are: labels are as good as random, so a label's first 32 bits tell its page, and a page is one row of the store. Rows
 * in a page, and pages, are in the order of labels.
 */
final class Pages {

    private static final int NONCE = 12;

    /** Longest page; honest labels are random and fill about a sixth of it. */
    private static final int MAX_PAGE = 32_672;

    private Pages() {}

    static int page(byte[] rows, int at, int pages) {
        long first = 0;
        for (int i = 0; i < 4; i++) {
            first = first << 8 | rows[at + i] & 0xff;
        }
        return (int) (first * pages >>> 32);
    }

    static Octets key(Octets segment, int page) {
        return Octets.concat(
                segment, Octets.of((byte) (page >>> 24), (byte) (page >>> 16), (byte) (page >>> 8), (byte) page));
    }

    /** Throws unless rows are whole, sorted and differ in their first twelve octets, also from the one before them. */
    static void check(byte[] rows, int rowSize, Octets before) {
        if (rows.length == 0 || rows.length % rowSize != 0) {
            throw malformed("rows are not whole");
        }
        byte[] last = before.toByteArray();
        for (int at = 0; at < rows.length; at += rowSize) {
            byte[] label = Arrays.copyOfRange(rows, at, at + IndexLimits.LABEL);
            boolean follows = last.length == 0
                    || Arrays.compareUnsigned(last, label) < 0 && !Arrays.equals(last, 0, NONCE, label, 0, NONCE);
            if (!follows) {
                throw malformed("labels are not sorted and distinct");
            }
            last = label;
        }
    }

    private static RejectedException malformed(String why) {
        return new RejectedException(ErrorCode.MALFORMED, "segment: " + why);
    }

    /** Sorted rows as rows of the store. */
    static List<Row> of(Octets segment, byte[] rows, int rowSize, int pages) {
        List<Row> stored = new ArrayList<>();
        for (int from = 0; from < rows.length; ) {
            int page = page(rows, from, pages);
            int to = from;
            while (to < rows.length && page(rows, to, pages) == page) {
                to += rowSize;
            }
            if (to - from > MAX_PAGE) {
                throw malformed("labels are not random");
            }
            stored.add(new Row(key(segment, page), Octets.of(rows, from, to - from)));
            from = to;
        }
        return stored;
    }

    /** Adds a part's rows behind those that are there; the first page of it may have some already. */
    static void add(RowTx tx, Octets segment, byte[] rows, int rowSize, int pages) {
        List<Row> stored = of(segment, rows, rowSize, pages);
        Row first = stored.get(0);
        tx.get(Table.INDEX_PAGE, first.key())
                .ifPresent(before -> stored.set(0, new Row(first.key(), Octets.concat(before, first.value()))));
        if (stored.get(0).value().size() > MAX_PAGE) {
            throw malformed("labels are not random");
        }
        tx.putAll(Table.INDEX_PAGE, stored);
    }

    /** The sealed block of a label in its page. */
    static Optional<Octets> find(Octets page, byte[] label, int rowSize) {
        byte[] rows = page.toByteArray();
        int low = 0;
        int high = rows.length / rowSize - 1;
        while (low <= high) {
            int mid = (low + high) >>> 1;
            int at = mid * rowSize;
            int c = Arrays.compareUnsigned(rows, at, at + IndexLimits.LABEL, label, 0, IndexLimits.LABEL);
            if (c == 0) {
                return Optional.of(Octets.of(rows, at + IndexLimits.LABEL, rowSize - IndexLimits.LABEL));
            }
            if (c < 0) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return Optional.empty();
    }
}
