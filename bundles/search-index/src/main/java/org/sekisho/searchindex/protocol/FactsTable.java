// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.group.History;

/** Facts of a chain that was verified, as a table. Immutable. */
public final class FactsTable implements ChainFacts {

    private final Map<Hash, EpochFact> epochs = new HashMap<>();
    private final Optional<EpochFact> current;
    private final History history;
    private final long lastRemoval;

    /** @param ascending all committed epochs */
    public FactsTable(History history, List<EpochFact> ascending) {
        this.history = history;
        long removal = 0;
        EpochFact before = null;
        for (EpochFact epoch : ascending) {
            epochs.put(epoch.epochHash(), epoch);
            boolean removes = before != null
                    && epoch.cohort() != before.cohort()
                    && (history == History.FULL
                            || !before.roster().removedBy(epoch.roster()).isEmpty());
            removal = removes ? epoch.cohort() : removal;
            before = epoch;
        }
        this.current = Optional.ofNullable(before);
        this.lastRemoval = removal;
    }

    @Override
    public Optional<EpochFact> epoch(Hash epochHash) {
        return Optional.ofNullable(epochs.get(epochHash));
    }

    @Override
    public Optional<EpochFact> current() {
        return current;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public long lastRemoval() {
        return lastRemoval;
    }
}
