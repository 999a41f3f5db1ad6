// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.List;
import java.util.Optional;

/**
 * Hits, the newest first.
 *
 * @param next where to go on; empty when there is nothing more
 * @param examined candidates that were looked at
 * @param unresolved candidates whose message is not to be had here
 * @param damaged segments that did not open, or were served wrong
 * @param unread segments of cohorts this member may not read
 * @param stale the gateway has replaced a segment meanwhile: read the log and search again
 */
public record SearchPage(
        List<Hit> hits,
        Optional<Cursor> next,
        long examined,
        long unresolved,
        long damaged,
        long unread,
        boolean stale) {
    public SearchPage {
        hits = List.copyOf(hits);
    }
}
