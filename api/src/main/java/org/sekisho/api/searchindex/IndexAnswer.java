// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.searchindex;

import java.util.List;
import org.sekisho.api.Octets;

/**
 * What the index has, lookup by lookup. Sealed: the gateway does not know what is in it. Counts are not authenticated.
 *
 * @param head number of entries of the index log
 */
public record IndexAnswer(List<Found> found, long head) {

    public IndexAnswer {
        found = List.copyOf(found);
    }

    /**
     * Of one lookup.
     *
     * @param count blocks found, at most the lookup's limit
     * @param more whether there are blocks behind them
     * @param live whether the segment is searched at all
     */
    public record Found(int count, boolean more, boolean live, List<Octets> blocks) {

        /** Of a segment that is not there, or was replaced. */
        public static final Found GONE = new Found(0, false, false, List.of());

        public Found {
            blocks = List.copyOf(blocks);
        }
    }
}
