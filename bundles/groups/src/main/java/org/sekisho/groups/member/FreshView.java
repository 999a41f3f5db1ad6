// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.store.RowTx;
import org.sekisho.groups.chain.GroupHashes;

/**
 * Whether this leaf's view of the group is fresh (protocol note F10). Fresh is what an administrator said lately: a commit an
 * administrator sponsored, a {@link Fresh}, or the invitation that was accepted; each counts for maxStale from the time its
 * signer gave, and never from later than now. That a gateway answers proves nothing. So whoever withholds a removal from this
 * leaf makes it stop sealing after maxStale by its own clock.
 */
final class FreshView {

    private final MemberIdentity self;
    private final Envelopes envelopes;
    private final Activation activation;

    FreshView(MemberIdentity self, Envelopes envelopes, Activation activation) {
        this.self = self;
        this.envelopes = envelopes;
        this.activation = activation;
    }

    /** Seconds since 1970 until which something signed at {@code issuedAt} counts. */
    static long until(RowTx tx, GroupState state, Instant issuedAt, Instant now) {
        Instant from = issuedAt.isAfter(now) ? now : issuedAt;
        return from.plus(maxStale(tx, state)).getEpochSecond();
    }

    static boolean isFresh(GroupState state, Instant now) {
        return now.getEpochSecond() < state.freshUntil();
    }

    /** Takes an administrator's word; another hash for what is known is evidence of a fork. */
    void accept(RowTx tx, Envelope envelope, Instant now) {
        Fresh fresh = Fresh.decode(envelope.body());
        GroupState state = ChainRows.state(tx);
        if (!fresh.group().equals(envelope.group())) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "the view of another group");
        }
        boolean admin = isAdmin(ChainRows.roster(tx, state.rosterHash()), envelope.from());
        if (!admin) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "only an administrator vouches for the view");
        }
        if (contradicts(tx, state, fresh)) {
            activation.complain(tx, state, Complaint.FORK, envelope.body());
            return;
        }
        if (fresh.epoch() <= state.epoch()) {
            long limit = until(tx, state, envelope.issuedAt(), now);
            ChainRows.save(tx, state.freshUntil(Math.min(limit, fresh.notAfter().getEpochSecond())));
        }
    }

    private static boolean contradicts(RowTx tx, GroupState state, Fresh fresh) {
        Optional<Hash> known =
                ChainRows.commit(tx, fresh.epoch()).map(SignedCommit::commit).map(GroupHashes::of);
        if (known.isPresent() && !known.get().equals(fresh.epochHash())) {
            return true;
        }
        Optional<SignedRoster> roster = ChainRows.findRoster(tx, fresh.rosterHash());
        long newest = ChainRows.roster(tx, state.newestRoster()).roster().seq();
        return roster.isPresent() ? roster.get().roster().seq() != fresh.rosterSeq() : fresh.rosterSeq() <= newest;
    }

    /** Whether this leaf is an administrator and the view is past half of its time. */
    boolean isDue(RowTx tx, Instant now) {
        GroupState state = ChainRows.state(tx);
        if (state.status() != MemberStatus.MEMBER || state.epochHash().isEmpty()) {
            return false;
        }
        long half = Math.max(1, maxStale(tx, state).toSeconds() / 2);
        return state.freshUntil() - now.getEpochSecond() < half
                && isAdmin(ChainRows.roster(tx, state.rosterHash()), new Party.Member(self.leaf()));
    }

    /** Gives this leaf's own word to everyone. */
    void vouch(RowTx tx, Instant now) {
        GroupState state = ChainRows.state(tx);
        GroupId group = new GroupId(tx.scope());
        Fresh fresh = new Fresh(
                group,
                ChainRows.roster(tx, state.rosterHash()).roster().seq(),
                state.rosterHash(),
                state.epoch(),
                state.epochHash().orElseThrow(),
                now.plus(maxStale(tx, state)));
        envelopes.send(tx, group, Party.EVERYONE, Fresh.TYPE, fresh.encode(), Map.of());
    }

    private static Duration maxStale(RowTx tx, GroupState state) {
        return ChainRows.policy(tx, state.policyHash()).maxStale();
    }

    static boolean isAdmin(SignedRoster roster, Party party) {
        return party instanceof Party.Member member
                && roster.roster()
                        .entry(member.leaf())
                        .filter(e -> e.rights().contains(Right.ADMIN))
                        .isPresent();
    }
}
