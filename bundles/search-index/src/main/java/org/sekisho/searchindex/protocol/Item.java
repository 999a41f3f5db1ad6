// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.Comparator;
import java.util.List;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * One message as the directory of a segment holds it.
 *
 * @param tokens sorted, distinct
 */
public record Item(Octets message, long minute, LeafId sender, List<Octets> tokens) {

    /** Newest first; of one minute, by identifier. The order of everything in the index. */
    public static final Comparator<Item> NEWEST_FIRST = Comparator.comparingLong(Item::minute)
            .reversed()
            .thenComparing(Item::message)
            .thenComparing(Item::sender);

    public Item {
        tokens = List.copyOf(tokens);
    }
}
