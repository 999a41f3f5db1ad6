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

/** Answers one query from one state of the store. Looks up at most {@link IndexQuery#MAX_ANSWER} blocks that are there,
 * and for each look-up a few that are not. */
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
            Optional<SegmentRecord> segment = warm.live(lookup.segment());
            found.add(segment.map(s -> query.countsOnly() ? count(s, lookup) : find(s, lookup))
                    .orElse(Found.GONE));
        }
        return new IndexAnswer(found, head);
    }

    private Found find(SegmentRecord segment, Lookup lookup) {
        BlockLabels labels = new BlockLabels(lookup.token().toByteArray());
        List<Octets> blocks = new ArrayList<>();
        while (blocks.size() < lookup.limit() && left > 0) {
            Optional<Octets> block = block(segment, labels.label(lookup.from() + blocks.size()));
            if (block.isEmpty()) {
                return new Found(blocks.size(), false, true, blocks);
            }
            left--;
            blocks.add(block.get());
        }
        boolean more =
                block(segment, labels.label(lookup.from() + blocks.size())).isPresent();
        return new Found(blocks.size(), more, true, blocks);
    }

    /**
     * By doubling and halving: blocks are numbered without gaps, and each looked at is a page of its own. (Whoever wrote a segment with
     * gaps gets a wrong number, as it gets wrong blocks.)
     */
    private Found count(SegmentRecord segment, Lookup lookup) {
        BlockLabels labels = new BlockLabels(lookup.token().toByteArray());
        int there = -1;
        int absent = 0;
        while (absent <= lookup.limit() && isThere(segment, labels, lookup.from() + absent)) {
            there = absent;
            absent = 2 * absent + 1;
        }
        // one more than may be told is enough to know that there are more
        absent = Math.min(absent, lookup.limit() + 1);
        while (absent - there > 1) {
            int middle = (there + absent) / 2;
            if (isThere(segment, labels, lookup.from() + middle)) {
                there = middle;
            } else {
                absent = middle;
            }
        }
        // when the query's blocks are used up, there may be more
        return new Found(Math.min(absent, lookup.limit()), absent > lookup.limit() || left == 0, true, List.of());
    }

    private boolean isThere(SegmentRecord segment, BlockLabels labels, int number) {
        boolean there = left > 0 && block(segment, labels.label(number)).isPresent();
        left -= there ? 1 : 0;
        return there;
    }

    private Optional<Octets> block(SegmentRecord segment, byte[] label) {
        Octets key = Pages.key(segment.segment(), Pages.page(label, 0, segment.pages()));
        return warm.page(key).flatMap(page -> Pages.find(page, label, segment.rowSize()));
    }
}
