// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.searchindex.wire.Manifest;

/** Segments opened, the lately used ones kept: deriving a segment's keys costs more than a look-up. Not safe for concurrent use. */
final class Readers {

    private static final int KEPT = 2048;

    private final CohortKeys keys;

    private final Map<Octets, SegmentReader> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Octets, SegmentReader> eldest) {
            boolean over = size() > KEPT;
            if (over) {
                eldest.getValue().close();
            }
            return over;
        }
    };

    Readers(CohortKeys keys) {
        this.keys = keys;
    }

    /** Empty when this member has no key for it. */
    Optional<SegmentReader> of(Manifest manifest, History history) {
        SegmentReader known = kept.get(manifest.segment());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<CohortKey> base = keys.base(manifest.cohort(), manifest.keyCohort(), history);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        try (CohortKey key = base.get()) {
            SegmentReader reader = new SegmentReader(manifest, key);
            kept.put(manifest.segment(), reader);
            return Optional.of(reader);
        }
    }
}
