// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexAnswer.Found;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.IndexQuery.Lookup;
import org.sekisho.api.store.RowTx;
import org.sekisho.crypto.search.BlockLabels;
import org.sekisho.searchindex.wire.Head;

/** Answers one query from one state of the store. Looks up at most {@link IndexQuery#MAX_ANSWER} blocks and as many misses as look-ups. */
final class Lookups {

    private final Warm.View warm;
    private final long head;
    private int left = IndexQuery.MAX_ANSWER;

    Lookups(RowTx tx, Warm warm) {
        IndexRows rows = new IndexRows(tx);
        Head newest = rows.top().head();
        this.warm = warm.view(rows, tx.scope(), newest);
        this.head = newest.n();
    }

    IndexAnswer answer(IndexQuery query) {
        List<Found> found = new ArrayList<>(query.lookups().size());
        for (Lookup lookup : query.lookups()) {
            found.add(find(lookup, query.countsOnly()));
        }
        return new IndexAnswer(found, head);
    }

    private Found find(Lookup lookup, boolean countsOnly) {
        Optional<SegmentRecord> segment = warm.live(lookup.segment());
        if (segment.isEmpty()) {
            return Found.GONE;
        }
        BlockLabels labels = new BlockLabels(lookup.token().toByteArray());
        List<Octets> blocks = new ArrayList<>();
        int count = 0;
        while (count < lookup.limit() && left > 0) {
            Optional<Octets> block = block(segment.get(), labels.label(lookup.from() + count));
            if (block.isEmpty()) {
                return new Found(count, false, true, blocks);
            }
            count++;
            left--;
            if (!countsOnly) {
                blocks.add(block.get());
            }
        }
        boolean more = block(segment.get(), labels.label(lookup.from() + count)).isPresent();
        return new Found(count, more, true, blocks);
    }

    private Optional<Octets> block(SegmentRecord segment, byte[] label) {
        Octets key = Pages.key(segment.segment(), Pages.page(label, 0, segment.pages()));
        return warm.page(key).flatMap(page -> Pages.find(page, label, segment.rowSize()));
    }
}
