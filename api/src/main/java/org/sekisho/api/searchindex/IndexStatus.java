// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.searchindex;

import java.util.List;
import org.sekisho.api.GroupId;

/**
 * A group's index as the gateway sees it.
 *
 * @param head entries of the index log
 * @param tombstones deletions in it
 * @param oldCohorts live segments that wait to be written under the newest key
 * @param ringVersion 0 while there is none
 * @param slow whether there are so many live segments that searching suffers
 */
public record IndexStatus(
        GroupId group,
        long head,
        long live,
        long replaced,
        long rows,
        long octets,
        long tombstones,
        long oldCohorts,
        long ringVersion,
        boolean slow,
        List<Level> levels) {

    /** Live segments beyond which searching is called slow. */
    public static final int SLOW = 1024;

    public IndexStatus {
        levels = List.copyOf(levels);
    }

    /** Live segments of one level. */
    public record Level(int level, long segments, long rows, long octets) {}
}
