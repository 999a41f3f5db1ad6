// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.group.History;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.searchindex.wire.Manifest;

/** Directories fetched, checked and opened; a few are kept in memory. Not safe for concurrent use. */
final class Directories {

    private static final int KEPT_ITEMS = 100_000;

    private final RemoteIndex remote;
    private final CohortKeys keys;
    private final Map<Octets, List<Item>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptItems;

    Directories(RemoteIndex remote, CohortKeys keys) {
        this.remote = remote;
        this.keys = keys;
    }

    /**
     * Everything in a segment, newest first; empty when the gateway does not keep it or this member has no key.
     *
     * @throws AuthenticationFailedException when its writer sealed something else
     */
    Optional<List<Item>> of(Manifest manifest, History history) {
        List<Item> known = kept.get(manifest.segment());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<CohortKey> base = keys.base(manifest.cohort(), manifest.keyCohort(), history);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        try (CohortKey key = base.get();
                SegmentReader reader = new SegmentReader(manifest, key)) {
            return fetch(manifest).map(bytes -> keep(manifest, reader.directory(bytes)));
        }
    }

    private List<Item> keep(Manifest manifest, List<Item> items) {
        // of its own messages a writer speaks for itself alone, whatever it wrote
        List<Item> own = manifest.level() > 0
                ? items
                : items.stream()
                        .map(i -> new Item(i.message(), i.minute(), manifest.writer(), i.tokens()))
                        .toList();
        kept.put(manifest.segment(), own);
        keptItems += own.size();
        var oldest = kept.entrySet().iterator();
        while (keptItems > KEPT_ITEMS && kept.size() > 1) {
            keptItems -= oldest.next().getValue().size();
            oldest.remove();
        }
        return own;
    }

    private Optional<Octets> fetch(Manifest manifest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(manifest.directorySize());
        while (all.size() < manifest.directorySize()) {
            Optional<Octets> part = remote.directory(manifest.segment(), all.size());
            if (part.isEmpty()) {
                return Optional.empty();
            }
            if (part.get().isEmpty() || part.get().size() > manifest.directorySize() - all.size()) {
                return Optional.empty();
            }
            all.writeBytes(part.get().toByteArray());
        }
        Octets sealed = Octets.of(all.toByteArray());
        // another directory than the writer's is the gateway's doing: as good as none
        return Sha256.hash(sealed).equals(manifest.directoryHash()) ? Optional.of(sealed) : Optional.empty();
    }
}
