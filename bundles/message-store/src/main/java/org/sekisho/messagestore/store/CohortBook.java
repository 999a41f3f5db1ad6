// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.messagestore.rows.CohortRow;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.PointRow;
import org.sekisho.messagestore.rows.StoreRows;
import org.sekisho.messagestore.rows.TokenRow;

/** Which token's turn it is, and how a cohort looks. Works inside the caller's transaction. */
final class CohortBook {

    private CohortBook() {}

    /** Lets the next confirmed token of a cohort begin, unless one is at work. */
    static void settle(RowTx tx, long cohort, boolean lazy, Instant now) {
        List<TokenRow> tokens = StoreRows.tokens(tx, cohort);
        if (tokens.stream().anyMatch(TokenRow::working)) {
            return;
        }
        List<Long> epochs = StoreRows.cohort(tx, cohort).map(CohortRow::epochs).orElse(List.of());
        tokens.stream()
                .filter(t -> t.confirmed() && (t.state() == TokenState.VERIFIED || t.state() == TokenState.LAZY))
                .filter(t -> !lazy || t.state() == TokenState.VERIFIED)
                .min(Comparator.comparingLong(TokenRow::from).thenComparing(TokenRow::to, Comparator.reverseOrder()))
                .ifPresent(next -> {
                    if (lazy) {
                        StoreRows.put(tx, next.in(TokenState.LAZY, now));
                        settle(tx, cohort, true, now);
                    } else if (epochs.contains(next.from())) {
                        TokenRow begun = next.in(TokenState.APPLYING, now);
                        long total = tx.count(Table.HEADER, HeaderRow.prefix(cohort));
                        StoreRows.put(tx, begun.with(new TokenRow.Progress(0, 0, total), now));
                    } else {
                        // nothing to turn; kept a while for a late writer
                        StoreRows.put(tx, next.in(TokenState.GRACE, now));
                        settle(tx, cohort, false, now);
                    }
                });
    }

    /** A token has turned everything: its rivals are of no use any more. Gives those whose keys are to be destroyed. */
    static List<TokenRow> dropRivals(RowTx tx, TokenRow applied, Instant now) {
        List<TokenRow> dropped = new ArrayList<>();
        for (TokenRow other : StoreRows.tokens(tx, applied.cohort())) {
            boolean waiting = other.state() == TokenState.RECEIVED || other.state() == TokenState.VERIFIED;
            if (waiting && other.from() == applied.from() && !other.key().equals(applied.key())) {
                StoreRows.put(tx, other.in(TokenState.DESTROYED, now));
                dropped.add(other);
            }
        }
        return dropped;
    }

    static List<CohortView> views(RowTx tx, GroupFacts facts) {
        return StoreRows.cohorts(tx).stream().map(row -> view(tx, facts, row)).toList();
    }

    private static CohortView view(RowTx tx, GroupFacts facts, CohortRow row) {
        long cohort = row.cohort();
        List<TokenRow> live = StoreRows.tokens(tx, cohort).stream()
                .filter(t -> t.state() != TokenState.DESTROYED)
                .toList();
        long header = row.epochs().stream().min(Comparator.naturalOrder()).orElse(row.firstEpoch());
        List<CohortView.PointView> points = StoreRows.points(tx, cohort).stream()
                .filter(p -> p.epoch() >= header)
                .map(p -> new CohortView.PointView(
                        p.epoch(),
                        p.point(),
                        p.words().stream().map(PointRow.Word::by).toList(),
                        p.confirmed()))
                .toList();
        return new CohortView(
                cohort,
                row.firstEpoch(),
                header,
                row.epochs(),
                state(tx, facts, row, live),
                points,
                live.stream().map(CohortBook::view).toList(),
                tx.count(Table.HEADER, HeaderRow.prefix(cohort)));
    }

    private static CohortView.State state(RowTx tx, GroupFacts facts, CohortRow row, List<TokenRow> live) {
        if (live.stream().anyMatch(TokenRow::working)) {
            return CohortView.State.APPLYING;
        }
        if (row.epochs().stream().allMatch(e -> e == facts.epoch())) {
            return CohortView.State.CURRENT;
        }
        if (live.stream().anyMatch(t -> t.state() == TokenState.LAZY)) {
            return CohortView.State.LAZY;
        }
        if (facts.rosters().isEmpty()) {
            return CohortView.State.WAITING; // an administrator sees no rosters
        }
        boolean somebody = row.epochs().stream()
                .filter(e -> e < facts.epoch())
                .allMatch(e -> !Confirmation.able(tx, facts, row.cohort(), e).isEmpty());
        return somebody ? CohortView.State.WAITING : CohortView.State.ORPHANED;
    }

    private static CohortView.TokenView view(TokenRow row) {
        String waitsFor =
                switch (row.state()) {
                    case RECEIVED -> "points of epoch " + row.from();
                    case VERIFIED -> row.confirmed() ? "its turn" : "another member's word on its points";
                    case GRACE ->
                        row.checkedBy().isPresent() ? "the end of its grace" : "a member who opened a message";
                    case LAZY -> "nothing: it is kept";
                    case APPLYING, UNDOING, DESTROYED -> "";
                };
        return new CohortView.TokenView(
                row.from(), row.to(), row.state(), row.claim().by(), row.checkedBy(), waitsFor);
    }

    /** Whether some other token goes on from where this one leads. */
    static Optional<TokenRow> after(List<TokenRow> tokens, TokenRow token) {
        return tokens.stream()
                .filter(t -> t.from() == token.to())
                .filter(t -> t.working() || t.state() == TokenState.GRACE || t.state() == TokenState.LAZY)
                .findFirst();
    }
}
