// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Roster;

/** The group's verified past, as far as the index asks. */
public interface ChainFacts {

    /**
     * A committed epoch.
     *
     * @param roster of that epoch
     */
    record EpochFact(long epoch, long cohort, Hash epochHash, Hash rosterHash, Roster roster) {}

    /** Empty when this group's verified chain has no such epoch (yet). */
    Optional<EpochFact> epoch(Hash epochHash);

    /** The newest committed epoch, if any. */
    Optional<EpochFact> current();

    /** Who reads stored history. */
    History history();

    /** The newest cohort that began because somebody was removed; 0 when nobody ever was. */
    long lastRemoval();
}
