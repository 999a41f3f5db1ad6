// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.Optional;
import java.util.function.Supplier;
import org.sekisho.api.Hash;
import org.sekisho.api.group.History;

/** Facts of a chain that moves on. */
record LiveFacts(Supplier<? extends ChainFacts> now) implements ChainFacts {

    @Override
    public Optional<EpochFact> epoch(Hash epochHash) {
        return now.get().epoch(epochHash);
    }

    @Override
    public Optional<EpochFact> current() {
        return now.get().current();
    }

    @Override
    public History history() {
        return now.get().history();
    }

    @Override
    public long lastRemoval() {
        return now.get().lastRemoval();
    }
}
