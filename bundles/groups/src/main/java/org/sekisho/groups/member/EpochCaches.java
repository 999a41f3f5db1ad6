// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.HashMap;
import java.util.Map;
import org.sekisho.api.GroupId;
import org.sekisho.api.scheme.Entropy;

/** Opened epochs of all groups. Not safe for concurrent use. */
final class EpochCaches {

    private final MemberIdentity self;
    private final EpochRows rows;
    private final Entropy entropy;
    private final Map<GroupId, EpochCache> byGroup = new HashMap<>();

    EpochCaches(MemberIdentity self, EpochRows rows, Entropy entropy) {
        this.self = self;
        this.rows = rows;
        this.entropy = entropy;
    }

    EpochCache of(GroupId group) {
        return byGroup.computeIfAbsent(group, g -> new EpochCache(self, rows, entropy));
    }

    /** Erases everything in memory. */
    void clear() {
        byGroup.values().forEach(EpochCache::clear);
        byGroup.clear();
    }
}
