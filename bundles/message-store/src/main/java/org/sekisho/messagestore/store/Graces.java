// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.messagestore.rows.StoreRows;
import org.sekisho.messagestore.rows.TokenRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys tokens whose time is over. Needs a member's word that something opened, the wall clock past the end of the grace,
 * and a gateway that ran for as long as the grace is: a clock that jumps ahead destroys nothing (protocol notes F12, R27).
 */
final class Graces {

    private static final Logger LOG = LoggerFactory.getLogger(Graces.class);

    /** How long a destroyed token's row is shown. */
    private static final Duration SHOWN = Duration.ofDays(30);

    private final StoreParts parts;

    Graces(StoreParts parts) {
        this.parts = parts;
    }

    /**
     * Looks at all groups.
     *
     * @param elapsed time since the last look, by a clock that does not jump
     */
    void sweep(Duration elapsed) {
        Octets after = Octets.EMPTY;
        List<Octets> page;
        while (!(page = parts.rows().scopes(Table.STORE, after, 500)).isEmpty()) {
            for (Octets scope : page) {
                if (Scopes.group(scope).isPresent()) {
                    quietly(scope, elapsed);
                }
            }
            after = page.get(page.size() - 1);
        }
    }

    private void quietly(Octets scope, Duration elapsed) {
        try {
            sweep(scope, elapsed);
            new Deposits(parts).forgetOld(scope);
        } catch (RuntimeException e) {
            LOG.warn("{}: {}", scope, e.toString());
        }
    }

    private void sweep(Octets scope, Duration elapsed) {
        Instant now = parts.clock().instant();
        boolean any = parts.rows().read(scope, tx -> !StoreRows.tokens(tx).isEmpty());
        if (!any) {
            return;
        }
        List<TokenRow> destroyed = parts.rows().transact(scope, tx -> {
            List<TokenRow> ends = new ArrayList<>();
            for (TokenRow row : StoreRows.tokens(tx)) {
                if (row.state() == TokenState.GRACE) {
                    grace(tx, row, elapsed, now, ends);
                } else if (row.state() == TokenState.DESTROYED
                        && row.times().updated() + SHOWN.toMillis() < now.toEpochMilli()) {
                    tx.delete(Table.STORE, row.key());
                }
            }
            return ends;
        });
        if (!destroyed.isEmpty()) {
            parts.turner().forget(scope);
            destroyed.forEach(row -> parts.vault().shred(scope, row.claim()));
            Scopes.group(scope).ifPresent(parts.watchers()::tell);
        }
    }

    private void grace(RowTx tx, TokenRow row, Duration elapsed, Instant now, List<TokenRow> ends) {
        long wall = Math.max(0, now.toEpochMilli() - row.times().updated());
        long lived = row.times().lived() + Math.min(wall, elapsed.toMillis());
        TokenRow older = row.lived(lived).with(row.progress(), now);
        boolean over = lived >= parts.limits().grace().toMillis()
                && now.toEpochMilli()
                        >= row.times().applied() + parts.limits().grace().toMillis();
        if (over && row.checkedBy().isPresent()) {
            StoreRows.put(tx, older.in(TokenState.DESTROYED, now));
            ends.add(row);
        } else {
            StoreRows.put(tx, older);
        }
    }

    /** After a start: a crash may have come between a row and its key. */
    void shredOrphans() {
        Octets after = Octets.EMPTY;
        List<Octets> page;
        while (!(page = parts.rows().scopes(Table.STORE, after, 500)).isEmpty()) {
            for (Octets scope : page) {
                if (Scopes.group(scope).isPresent()) {
                    parts.vault().shredOrphans(scope, parts.rows().read(scope, StoreRows::tokens));
                }
            }
            after = page.get(page.size() - 1);
        }
    }
}
