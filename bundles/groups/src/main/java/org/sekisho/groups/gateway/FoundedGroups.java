// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;

/**
 * Groups that a participant founded, in the scope of its mailbox. Another scope than the group's, so a place is taken before a
 * group is founded and given back when it was not: a crash in between costs the founder a place until it founds the same
 * group again, and never lets it have more.
 */
final class FoundedGroups {

    private static final Octets FOUNDED = Octets.of((byte) 9);

    private final RowStore rows;
    private final int most;

    FoundedGroups(RowStore rows, int most) {
        this.rows = rows;
        this.most = most;
    }

    /** True when the place was not taken before. Throws LIMIT_EXCEEDED when there is none. */
    boolean take(LeafId founder, GroupId group) {
        return rows.transact(founder.value(), tx -> {
            Octets key = key(group);
            if (tx.get(Table.SEEN, key).isPresent()) {
                return false;
            }
            if (tx.count(Table.SEEN, FOUNDED) >= most) {
                throw new RejectedException(
                        ErrorCode.LIMIT_EXCEEDED, "one participant founds at most " + most + " groups");
            }
            tx.put(Table.SEEN, key, Octets.EMPTY);
            return true;
        });
    }

    void giveBack(LeafId founder, GroupId group) {
        rows.transact(founder.value(), tx -> tx.delete(Table.SEEN, key(group)));
    }

    private static Octets key(GroupId group) {
        return Octets.concat(FOUNDED, group.value());
    }
}
