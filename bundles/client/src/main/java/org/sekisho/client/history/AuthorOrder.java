// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.client.history.HistoryEntry.Order;

/**
 * Whether messages are shown in the order in which their authors wrote them, and none is missing: each says its number among its
 * author's and the hash of the one before, and is signed. Told of all messages in the order of their deposit. One thread.
 */
final class AuthorOrder {

    private final LongPredicate entitled;
    private final Map<Long, Boolean> cohorts = new HashMap<>();
    private final Map<LeafId, Last> authors = new HashMap<>();
    private final Set<Hash> deleted = new HashSet<>();
    private long presumedDeleted;

    private record Last(long seq, Optional<Hash> hash, long cohort) {

        static final Last NONE = new Last(0, Optional.empty(), 0);
    }

    /** @param entitled whether a cohort's messages are shown to this member at all */
    AuthorOrder(LongPredicate entitled) {
        this.entitled = entitled;
    }

    /** A message that was deleted: whose it was is not known until the next of its author refers to it. */
    void deleted(Hash message) {
        deleted.add(message);
    }

    /** Where a message stands; its author's signature was checked. */
    Order place(MessageMeta meta, Hash message) {
        Last before = authors.getOrDefault(meta.sender(), Last.NONE);
        if (meta.senderSeq() <= before.seq()) {
            return Order.OUT_OF_ORDER;
        }
        authors.put(meta.sender(), new Last(meta.senderSeq(), Optional.of(message), meta.cohort()));
        long missing = meta.senderSeq() - before.seq() - 1;
        if (missing == 0) {
            return meta.previous().equals(before.hash()) ? Order.FOLLOWS : Order.OUT_OF_ORDER;
        }
        if (!seesAll(before.cohort(), meta.cohort())) {
            return Order.UNKNOWN;
        }
        return wereDeleted(meta, missing) ? Order.FOLLOWS : Order.GAP;
    }

    /** The last of those that are missing must have been deleted; before it as many others as were deleted at all. */
    private boolean wereDeleted(MessageMeta meta, long missing) {
        if (!meta.previous().map(deleted::remove).orElse(false)) {
            return false;
        }
        presumedDeleted += missing - 1;
        return presumedDeleted <= deleted.size();
    }

    private boolean seesAll(long first, long last) {
        for (long cohort = first; cohort <= last; cohort++) {
            if (!cohorts.computeIfAbsent(cohort, entitled::test)) {
                return false;
            }
        }
        return true;
    }
}
