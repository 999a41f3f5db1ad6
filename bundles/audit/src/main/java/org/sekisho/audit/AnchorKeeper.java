// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.sekisho.audit.protocol.ChainWalk;
import org.sekisho.audit.protocol.Head;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves anchors after the trails. It reads what was committed, never what is being written, and an anchor only moves
 * along records that were checked to follow from it; so an anchor is never ahead of the database, and tampering is never
 * anchored over.
 *
 * <p>{@link #appended} is cheap and may be called inside a transaction; {@link #catchUp} blocks on database and disk.
 */
final class AnchorKeeper {

    /** After this long a transaction has committed or never will. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(2);

    private static final int PAGE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(AnchorKeeper.class);

    private record Expected(long n, Instant since) {}

    private final RowStore rows;
    private final AnchorFile file;
    private final Clock clock;
    private final Map<Octets, Expected> behind = new ConcurrentHashMap<>();
    private final Set<Octets> alarmed = ConcurrentHashMap.newKeySet();

    AnchorKeeper(RowStore rows, AnchorFile file, Clock clock) {
        this.rows = rows;
        this.file = file;
        this.clock = clock;
    }

    /** A record that will be there if its transaction commits. */
    void appended(Octets scope, AuditRecord record) {
        var expected = new Expected(record.n(), clock.instant());
        behind.merge(scope, expected, (a, b) -> a.n() > b.n() ? a : b);
    }

    Optional<Head> anchor(Octets scope) {
        return file.anchor(scope);
    }

    /** Looks at every trail once more: what was committed just before a crash has no anchor yet. */
    void lookAtAll() {
        var unknown = new Expected(0, clock.instant());
        Octets after = Octets.EMPTY;
        List<Octets> scopes;
        do {
            scopes = rows.scopes(Table.AUDIT, after, PAGE);
            for (Octets scope : scopes) {
                behind.putIfAbsent(scope, unknown);
                after = scope;
            }
        } while (scopes.size() == PAGE);
        file.all().keySet().forEach(scope -> behind.putIfAbsent(scope, unknown));
    }

    /** Moves every anchor that is behind. */
    synchronized void catchUp() throws IOException {
        var moved = new HashMap<Octets, Head>();
        var done = new HashMap<Octets, Expected>();
        behind.forEach((scope, expected) -> walk(scope).ifPresent(walk -> {
            if (!walk.intact()) {
                alarm(scope, walk.problem());
            } else if (walk.last().n() > anchored(scope).n()) {
                moved.put(scope, walk.last());
            }
            boolean late = clock.instant().isAfter(expected.since().plus(LONGEST_TRANSACTION));
            if (!walk.intact() || late || walk.last().n() >= expected.n()) {
                done.put(scope, expected);
            }
        }));
        file.move(moved);
        done.forEach(behind::remove);
    }

    /** From the anchor to the committed end; empty when the store cannot be read now. */
    private Optional<ChainWalk> walk(Octets scope) {
        Head start = anchored(scope);
        try {
            return Optional.of(rows.read(scope, tx -> follow(new Trail(tx), start)));
        } catch (SekishoException e) {
            LOG.debug("trail {} cannot be read now", scope.hex(), e);
            return Optional.empty();
        }
    }

    private Head anchored(Octets scope) {
        return file.anchor(scope).orElseGet(() -> Head.ofEmpty(scope));
    }

    private void alarm(Octets scope, String problem) {
        if (alarmed.add(scope)) {
            LOG.error("audit trail {} does not continue from its anchor: {}", scope.hex(), problem);
        }
    }

    private static ChainWalk follow(Trail trail, Head start) {
        var walk = ChainWalk.after(start);
        trail.follow(walk);
        return walk;
    }
}
