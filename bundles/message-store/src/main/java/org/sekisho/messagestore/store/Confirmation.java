// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.store.RowTx;
import org.sekisho.messagestore.rows.StoreRows;

/**
 * How many words a point takes (protocol notes F7, F12): two members', where two could know it; two leaves', where one member
 * has two; else one. Able to know a point of an epoch is who was in its roster, still is a member with the same keys, and is
 * entitled to the cohort.
 */
final class Confirmation {

    private static final int ENOUGH = 2;

    private Confirmation() {}

    /** Leaves that could know the cohort's point in an epoch. */
    static Set<LeafId> able(RowTx tx, GroupFacts facts, long cohort, long epoch) {
        Set<LeafId> able = new HashSet<>();
        Roster then = facts.roster(facts.at(epoch).orElseThrow());
        facts.roster().entries().forEach(entry -> {
            boolean was = then.entry(entry.leaf()).filter(entry::sameKeys).isPresent();
            if (was && (facts.wasThere(entry, cohort) || StoreRows.granted(tx, cohort, entry.leaf()))) {
                able.add(entry.leaf());
            }
        });
        return able;
    }

    static boolean enough(Set<LeafId> able, List<LeafId> words) {
        Set<Octets> members = members(words);
        if (members(able).size() >= ENOUGH) {
            return members.size() >= ENOUGH;
        }
        return new HashSet<>(words).size() >= Math.min(ENOUGH, Math.max(1, able.size()));
    }

    /** Whether {@code checker} may vouch for what {@code submitter} sent: another member, where there is one. */
    static boolean independent(Set<LeafId> able, LeafId submitter, LeafId checker) {
        if (members(able).size() >= ENOUGH) {
            return !submitter.memberId().equals(checker.memberId());
        }
        return able.size() < ENOUGH || !submitter.equals(checker);
    }

    private static Set<Octets> members(Iterable<LeafId> leaves) {
        Set<Octets> members = new HashSet<>();
        leaves.forEach(leaf -> members.add(leaf.memberId()));
        return members;
    }
}
