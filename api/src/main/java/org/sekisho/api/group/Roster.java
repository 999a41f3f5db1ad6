// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.RejectedException;

/**
 * Who belongs to a group: one link of a hash chain. A signed roster is a proposal until an epoch names it (protocol note F16).
 *
 * @param seq 0 for the genesis roster, then one more each
 * @param previous hash of the roster before; empty only at 0
 * @param entries strictly ascending by leaf; at least one
 * @param policyHash hash of the policy in force
 */
public record Roster(GroupId group, long seq, Optional<Hash> previous, List<RosterEntry> entries, Hash policyHash) {

    public Roster {
        entries = List.copyOf(entries);
        Limit.atMost("members", entries.size(), Policy.MAX_MEMBERS);
        if (entries.isEmpty() || seq < 0 || (seq == 0) != previous.isEmpty()) {
            throw new RejectedException(ErrorCode.MALFORMED, "roster out of shape");
        }
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i - 1).leaf().compareTo(entries.get(i).leaf()) >= 0) {
                throw new RejectedException(ErrorCode.MALFORMED, "roster entries out of order");
            }
        }
    }

    public Optional<RosterEntry> entry(LeafId leaf) {
        int place = indexOf(leaf);
        return place < 0 ? Optional.empty() : Optional.of(entries.get(place));
    }

    /** Place of {@code leaf} among the entries; -1 when it is not there. */
    public int indexOf(LeafId leaf) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int mid = (low + high) >>> 1;
            int c = entries.get(mid).leaf().compareTo(leaf);
            if (c == 0) {
                return mid;
            }
            if (c < 0) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return -1;
    }

    public boolean contains(LeafId leaf) {
        return entry(leaf).isPresent();
    }

    /** Leaves of {@code this} that {@code next} drops or whose keys it changes (protocol note F4). */
    public List<LeafId> removedBy(Roster next) {
        return missing(entries, next.entries);
    }

    /** Leaves of {@code next} that are new or have new keys. */
    public List<LeafId> addedBy(Roster next) {
        return missing(next.entries, entries);
    }

    /** Both are ascending: one walk through them. */
    private static List<LeafId> missing(List<RosterEntry> from, List<RosterEntry> in) {
        List<LeafId> missing = new ArrayList<>();
        int at = 0;
        for (RosterEntry entry : from) {
            while (at < in.size() && in.get(at).leaf().compareTo(entry.leaf()) < 0) {
                at++;
            }
            if (at == in.size() || !in.get(at).sameKeys(entry)) {
                missing.add(entry.leaf());
            }
        }
        return missing;
    }
}
