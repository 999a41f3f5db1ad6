// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;

/**
 * What the store needs to know of a group at one epoch: from the gateway's own verified chain.
 *
 * @param epochs committed ones, ascending from 1
 * @param rosters by hash
 */
record GroupFacts(GroupId group, History history, List<Epoch> epochs, Map<Hash, Roster> rosters) {

    /** A committed epoch. */
    record Epoch(EpochHeader header, Hash hash, Instant at) {}

    GroupFacts {
        epochs = List.copyOf(epochs);
        rosters = Map.copyOf(rosters);
    }

    Epoch current() {
        return epochs.get(epochs.size() - 1);
    }

    long epoch() {
        return epochs.size();
    }

    /** Epoch {@code n}; empty when it is not committed. */
    Optional<Epoch> at(long n) {
        return n >= 1 && n <= epochs.size() ? Optional.of(epochs.get((int) n - 1)) : Optional.empty();
    }

    Optional<Epoch> named(Hash hash) {
        for (int i = epochs.size() - 1; i >= 0; i--) {
            if (epochs.get(i).hash().equals(hash)) {
                return Optional.of(epochs.get(i));
            }
        }
        return Optional.empty();
    }

    Roster roster() {
        return roster(current());
    }

    Roster roster(Epoch epoch) {
        Roster roster = rosters.get(epoch.header().rosterHash());
        if (roster == null) {
            throw new IllegalStateException("the chain lacks a roster it names");
        }
        return roster;
    }

    /** The first epoch of a cohort; empty when there is none. */
    Optional<Epoch> first(long cohort) {
        return epochs.stream().filter(e -> e.header().cohort() == cohort).findFirst();
    }

    /** Whether this entry of the current roster was there when the cohort began, or need not have been. */
    boolean wasThere(RosterEntry entry, long cohort) {
        return history == History.FULL
                || first(cohort)
                        .flatMap(first -> roster(first).entry(entry.leaf()))
                        .filter(entry::sameKeys)
                        .isPresent();
    }

    boolean isMember(LeafId leaf) {
        return roster().contains(leaf);
    }
}
