// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.group.Limit;
import org.sekisho.api.group.Right;
import org.sekisho.api.messagestore.CohortView;
import org.sekisho.api.messagestore.KeptStatement;
import org.sekisho.api.messagestore.SignedStatement;
import org.sekisho.api.messagestore.Statement;
import org.sekisho.api.messagestore.TokenState;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.store.StatementCodec;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.pre.GroupPoint;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.messagestore.rows.PointRow;
import org.sekisho.messagestore.rows.Scopes;
import org.sekisho.messagestore.rows.StoreRows;
import org.sekisho.messagestore.rows.TokenRow;

/**
 * What members say: tokens, points, that something opened, grants, and what they saw last. Everything is signed by the caller
 * and kept with its signature, except for the token itself, of which only the hash was signed.
 */
final class Statements {

    /**
     * Most different points for a cohort in an epoch, and most tokens from one epoch, that one member brings up. Counted for
     * each member by itself: who fills up its own share with wrong ones does not keep the others' from being heard.
     */
    private static final int MAX_RIVALS = 4;

    private final StoreParts parts;

    Statements(StoreParts parts) {
        this.parts = parts;
    }

    /** A statement whose signature holds. */
    private record Heard(Statement statement, Octets signed, GroupBook.Member member) {

        LeafId by() {
            return statement.by();
        }

        GroupFacts facts() {
            return member.facts();
        }
    }

    CohortView submit(Caller caller, GroupId group, Octets statement, SecretBytes token) {
        try (token) {
            Heard heard = hear(caller, group, statement);
            if (!(heard.statement() instanceof Statement.Tokens tokens)) {
                throw new RejectedException(ErrorCode.MALFORMED, "not a statement on a token");
            }
            checkToken(heard, tokens, token);
            Octets scope = Scopes.of(group);
            var claim = new TokenRow.Claim(
                    tokens.cohort(),
                    tokens.fromEpoch(),
                    tokens.toEpoch(),
                    tokens.token(),
                    tokens.point(),
                    tokens.by(),
                    statement);
            take(scope, heard, tokens, claim, token);
            parts.watchers().tell(group);
            return parts.rows()
                    .read(scope, tx -> CohortBook.views(tx, heard.facts()).stream())
                    .filter(view -> view.cohort() == tokens.cohort())
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("cohort " + tokens.cohort() + " has no messages"));
        }
    }

    /** One at a time, so that the key of a refused token can be destroyed at once and no other row needs it. */
    private synchronized void take(
            Octets scope, Heard heard, Statement.Tokens tokens, TokenRow.Claim claim, SecretBytes token) {
        TokenRow fresh = TokenRow.received(
                claim, parts.vault().seal(scope, claim, token), parts.clock().instant());
        try {
            parts.rows().transact(scope, tx -> {
                accept(tx, heard, tokens, fresh);
                return null;
            });
        } catch (RejectedException | DeniedException | NotFoundException refused) {
            boolean needed = parts.rows()
                    .read(scope, tx -> StoreRows.token(tx, fresh.key()))
                    .filter(row -> row.sealed().isPresent())
                    .isPresent();
            if (!needed) {
                parts.vault().shred(scope, claim);
            }
            throw refused;
        }
    }

    private static void checkToken(Heard heard, Statement.Tokens tokens, SecretBytes token) {
        requireEpoch(heard, tokens.cohort(), tokens.fromEpoch());
        requireEpoch(heard, tokens.cohort(), tokens.toEpoch());
        boolean named = token.use(t -> Sha256.hashArray("pre token", t)).equals(tokens.token());
        try {
            GroupPoint.received(tokens.point());
            ReEncryptionToken.received(token).close();
        } catch (AuthenticationFailedException e) {
            throw new RejectedException(ErrorCode.BAD_HEADER, "point or token out of range");
        }
        if (!named) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "not the token that was signed");
        }
    }

    private void accept(RowTx tx, Heard heard, Statement.Tokens tokens, TokenRow fresh) {
        requireEntitled(tx, heard, tokens.cohort());
        if (StoreRows.cohort(tx, tokens.cohort()).isEmpty()) {
            throw new NotFoundException("cohort " + tokens.cohort() + " has no messages");
        }
        if (StoreRows.token(tx, fresh.key()).isEmpty()) {
            long rivals = StoreRows.tokens(tx, tokens.cohort()).stream()
                    .filter(t -> t.from() == tokens.fromEpoch() && t.state() != TokenState.DESTROYED)
                    .filter(t -> sameMember(t.claim().by(), heard.by()))
                    .count();
            Limit.atMost("tokens from one epoch", rivals + 1, MAX_RIVALS);
            note(tx, heard, tokens.cohort(), tokens.toEpoch(), tokens.point());
            TokenRow led = evaluate(tx, fresh);
            boolean known = StoreRows.points(tx, tokens.cohort(), tokens.fromEpoch()).stream()
                    .anyMatch(PointRow::confirmed);
            if (led.state() == TokenState.RECEIVED && known) {
                throw new RejectedException(ErrorCode.BAD_HEADER, "the token does not lead from the confirmed point");
            }
            StoreRows.put(tx, led);
        } else {
            note(tx, heard, tokens.cohort(), tokens.toEpoch(), tokens.point());
        }
        reconsider(tx, tokens.cohort());
    }

    void state(Caller caller, GroupId group, Octets statement) {
        Heard heard = hear(caller, group, statement);
        Octets scope = Scopes.of(group);
        Statement s = heard.statement();
        if (s instanceof Statement.Tokens) {
            throw new RejectedException(ErrorCode.MALFORMED, "a token comes with its octets");
        } else if (s instanceof Statement.Point point) {
            requireEpoch(heard, point.cohort(), point.epoch());
            requirePoint(point.point());
            parts.rows().transact(scope, tx -> {
                requireEntitled(tx, heard, point.cohort());
                note(tx, heard, point.cohort(), point.epoch(), point.point());
                reconsider(tx, point.cohort());
                return null;
            });
        } else if (s instanceof Statement.Status status) {
            requireEpoch(heard, status.cohort(), status.epoch());
            parts.rows().transact(scope, tx -> {
                requireEntitled(tx, heard, status.cohort());
                opened(tx, heard, status);
                return null;
            });
        } else if (s instanceof Statement.Undo undo) {
            undo(heard, undo);
        } else if (s instanceof Statement.Grant grant) {
            grant(heard, grant);
        } else if (s instanceof Statement.LastSeen seen) {
            if (heard.facts().isMember(seen.removed())) {
                throw new RejectedException(ErrorCode.POLICY_VIOLATION, "still a member");
            }
            parts.rows()
                    .transact(
                            scope,
                            tx -> StoreRows.keep(
                                    tx, StoreRows.lastSeen(seen.removed(), seen.by()), Octets.EMPTY, statement));
        }
        parts.watchers().tell(group);
    }

    List<KeptStatement> kept(Caller caller, GroupId group, long after, int limit) {
        GroupBook.Member member = parts.book().member(Operation.STORE_READ, caller, group);
        return parts.rows()
                .read(
                        Scopes.of(group),
                        tx -> StoreRows.kept(
                                tx, after, limit, member.entry().leaf().value()));
    }

    private Heard hear(Caller caller, GroupId group, Octets encoded) {
        GroupBook.Member member = parts.book().member(Operation.STORE_STATE, caller, group);
        SignedStatement signed = StatementCodec.decodeSigned(encoded);
        Statement statement = signed.statement();
        if (!statement.group().equals(group)
                || !statement.by().equals(member.entry().leaf())) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "another group's or member's statement");
        }
        try {
            VerifyingKey.of(member.entry().idKey())
                    .require(StatementCodec.label(statement), signed.encoded(), signed.signature());
        } catch (AuthenticationFailedException e) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "the statement is not signed by its member");
        }
        return new Heard(statement, encoded, member);
    }

    private static void requirePoint(Octets point) {
        try {
            GroupPoint.received(point);
        } catch (AuthenticationFailedException e) {
            throw new RejectedException(ErrorCode.BAD_HEADER, "not a point of the group");
        }
    }

    /** The epoch is committed, not before the cohort began, and its roster had the member with the same keys. */
    private static void requireEpoch(Heard heard, long cohort, long epoch) {
        GroupFacts facts = heard.facts();
        GroupFacts.Epoch first = facts.first(cohort)
                .orElseThrow(() -> new RejectedException(ErrorCode.MALFORMED, "no cohort " + cohort));
        GroupFacts.Epoch at = facts.at(epoch)
                .orElseThrow(
                        () -> new ConflictException(ErrorCode.STALE_EPOCH, "epoch " + epoch + " is not committed"));
        if (epoch < first.header().epoch()) {
            throw new RejectedException(ErrorCode.MALFORMED, "the cohort began later");
        }
        Optional<?> then =
                facts.roster(at).entry(heard.by()).filter(heard.member().entry()::sameKeys);
        if (then.isEmpty()) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "not a member in epoch " + epoch);
        }
    }

    private static void requireEntitled(RowTx tx, Heard heard, long cohort) {
        if (!Readings.entitled(tx, heard.member(), cohort)) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "not entitled to cohort " + cohort);
        }
    }

    /** Keeps a member's word on a point. */
    private static void note(RowTx tx, Heard heard, long cohort, long epoch, Octets point) {
        List<PointRow> rivals = StoreRows.points(tx, cohort, epoch);
        Optional<PointRow> there =
                rivals.stream().filter(p -> p.point().equals(point)).findFirst();
        if (there.isEmpty()) {
            long own = rivals.stream().filter(p -> broughtUpBy(p, heard.by())).count();
            Limit.atMost("points of one epoch", own + 1, MAX_RIVALS);
        }
        PointRow row = there.orElse(new PointRow(cohort, epoch, point, false, List.of()))
                .with(new PointRow.Word(heard.by(), heard.signed()));
        Set<LeafId> able = Confirmation.able(tx, heard.facts(), cohort, epoch);
        List<LeafId> words = row.words().stream().map(PointRow.Word::by).toList();
        StoreRows.put(tx, row.confirmed(Confirmation.enough(able, words)));
    }

    private static boolean broughtUpBy(PointRow point, LeafId leaf) {
        return point.words().stream().limit(1).anyMatch(first -> sameMember(first.by(), leaf));
    }

    private static boolean sameMember(LeafId one, LeafId two) {
        return one.memberId().equals(two.memberId());
    }

    /** Looks again at the tokens that wait, now that more is known of points. */
    private void reconsider(RowTx tx, long cohort) {
        for (TokenRow row : StoreRows.tokens(tx, cohort)) {
            if (row.state() == TokenState.RECEIVED || row.state() == TokenState.VERIFIED) {
                StoreRows.put(tx, evaluate(tx, row));
            }
        }
        CohortBook.settle(tx, cohort, parts.limits().lazy(), parts.clock().instant());
    }

    private TokenRow evaluate(RowTx tx, TokenRow row) {
        boolean toConfirmed = StoreRows.points(tx, row.cohort(), row.to()).stream()
                .anyMatch(p -> p.point().equals(row.claim().pointTo()) && p.confirmed());
        List<PointRow> froms = new ArrayList<>(StoreRows.points(tx, row.cohort(), row.from()));
        Optional<Octets> from = row.pointFrom();
        if (from.isEmpty()) {
            Optional<ReEncryptionToken> opened = parts.vault().open(tx.scope(), row);
            if (opened.isEmpty()) {
                return row;
            }
            try (ReEncryptionToken token = opened.get()) {
                GroupPoint to = new GroupPoint(row.claim().pointTo());
                from = froms.stream()
                        .map(PointRow::point)
                        .filter(point -> token.leads(new GroupPoint(point), to))
                        .findFirst();
            }
        }
        if (from.isEmpty()) {
            return row;
        }
        Octets point = from.get();
        boolean fromConfirmed = froms.stream().anyMatch(p -> p.point().equals(point) && p.confirmed());
        return row.leading(point, fromConfirmed && toConfirmed);
    }

    /** F12: a member, not the server, says that what was turned opens. */
    private static void opened(RowTx tx, Heard heard, Statement.Status status) {
        for (TokenRow row : StoreRows.tokens(tx, status.cohort())) {
            Set<LeafId> able = Confirmation.able(tx, heard.facts(), status.cohort(), row.to());
            boolean vouches = row.state() == TokenState.GRACE
                    && row.to() <= status.epoch()
                    && row.checkedBy().isEmpty()
                    && Confirmation.independent(able, row.claim().by(), status.by());
            if (vouches) {
                StoreRows.put(tx, row.checked(status.by()));
            }
        }
    }

    /** F12: an administrator, and only back over the last token. */
    private void undo(Heard heard, Statement.Undo undo) {
        if (!heard.member().entry().rights().contains(Right.ADMIN)) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "only an administrator of the group undoes a token");
        }
        audit(heard, "store-undo", "cohort " + undo.cohort() + " from " + undo.toEpoch() + " to " + undo.fromEpoch());
        parts.rows().transact(Scopes.of(undo.group()), tx -> {
            List<TokenRow> tokens = StoreRows.tokens(tx, undo.cohort());
            TokenRow last = tokens.stream()
                    .filter(t -> t.from() == undo.fromEpoch() && t.to() == undo.toEpoch())
                    .filter(t -> t.state() == TokenState.GRACE
                            || t.state() == TokenState.APPLYING
                            || t.state() == TokenState.LAZY)
                    .findFirst()
                    .orElseThrow(() ->
                            new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no such token, or it was destroyed"));
            if (CohortBook.after(tokens, last).isPresent()) {
                throw new ConflictException(ErrorCode.EPOCH_CONFLICT, "a later token was applied since");
            }
            StoreRows.put(tx, last.in(TokenState.UNDOING, parts.clock().instant()));
            return null;
        });
    }

    /** F7: signed by who grants, sealed to who is granted, and on the record. */
    private void grant(Heard heard, Statement.Grant grant) {
        if (!heard.facts().isMember(grant.grantee())) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "not a member");
        }
        Octets scope = Scopes.of(grant.group());
        parts.rows().read(scope, tx -> {
            requireEntitled(tx, heard, grant.cohort());
            return null;
        });
        audit(heard, "history-grant", "cohort " + grant.cohort() + " to " + grant.grantee());
        parts.rows().transact(scope, tx -> {
            requireEntitled(tx, heard, grant.cohort());
            Octets marker = StoreRows.grant(grant.cohort(), grant.grantee());
            StoreRows.keep(
                    tx,
                    Octets.concat(Octets.utf8("x"), marker, grant.by().value()),
                    grant.grantee().value(),
                    heard.signed());
            StoreRows.mark(tx, marker);
            return null;
        });
    }

    /** In the group's own trail, before the deed: no record, no deed. */
    private void audit(Heard heard, String action, String detail) {
        parts.rows().transact(heard.statement().group().value(), tx -> {
            parts.audit()
                    .append(
                            tx,
                            AuditEntry.ok(
                                    heard.by().toString(),
                                    action,
                                    heard.statement().group().toString(),
                                    detail));
            return null;
        });
    }
}
