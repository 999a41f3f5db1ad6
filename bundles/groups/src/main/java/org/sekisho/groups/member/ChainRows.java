// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groups.chain.EpochCheck;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.RosterRules;
import org.sekisho.groups.chain.RosterStep;
import org.sekisho.groups.chain.SwitchCheck;

/** The verified chain of one group: rosters and policies by hash, commits by epoch. Rows of the caller's transaction. */
final class ChainRows {

    private static final Octets STATE = Octets.utf8("state");

    private ChainRows() {}

    static Optional<GroupState> find(RowTx tx) {
        return tx.get(Table.GROUP, STATE).map(GroupState::decode);
    }

    static GroupState state(RowTx tx) {
        return find(tx).orElseThrow(() -> new org.sekisho.api.NotFoundException("not a group of this participant"));
    }

    static void save(RowTx tx, GroupState state) {
        tx.put(Table.GROUP, STATE, state.encode());
    }

    static void put(RowTx tx, SignedRoster roster) {
        tx.put(Table.ROSTER, GroupHashes.of(roster).value(), RosterCodec.encode(roster));
    }

    static Optional<SignedRoster> findRoster(RowTx tx, Hash hash) {
        return tx.get(Table.ROSTER, hash.value()).map(RosterCodec::decodeSigned);
    }

    static SignedRoster roster(RowTx tx, Hash hash) {
        return findRoster(tx, hash)
                .orElseThrow(() -> new RejectedException(ErrorCode.POLICY_VIOLATION, "a roster nobody showed"));
    }

    static void put(RowTx tx, SignedPolicy policy) {
        tx.put(Table.POLICY, GroupHashes.of(policy).value(), PolicyCodec.encode(policy));
    }

    static Policy policy(RowTx tx, Hash hash) {
        return tx.get(Table.POLICY, hash.value())
                .map(PolicyCodec::decodeSigned)
                .map(SignedPolicy::policy)
                .orElseThrow(() -> new RejectedException(ErrorCode.POLICY_VIOLATION, "a policy nobody showed"));
    }

    static void put(RowTx tx, SignedCommit commit) {
        tx.put(Table.LOG, Octets.ofLong(commit.commit().header().epoch()), EpochCodec.encode(commit));
    }

    static Optional<SignedCommit> commit(RowTx tx, long epoch) {
        return tx.get(Table.LOG, Octets.ofLong(epoch)).map(EpochCodec::decodeSigned);
    }

    /** Commits after {@code epoch}, ascending. */
    static List<SignedCommit> commits(RowTx tx, long epoch, int limit) {
        return tx.scan(Table.LOG, Octets.EMPTY, Octets.ofLong(epoch), limit).stream()
                .map(Row::value)
                .map(EpochCodec::decodeSigned)
                .toList();
    }

    static Optional<EpochView> epoch(GroupState state) {
        return state.header()
                .map(header -> new EpochView(header, state.epochHash().orElseThrow()));
    }

    /** Throws unless {@code next} may follow the newest verified roster. */
    static void checkStep(RowTx tx, GroupState state, SignedRoster next) {
        RosterRules.check(new RosterStep(
                roster(tx, state.rosterHash()),
                roster(tx, state.newestRoster()),
                next,
                policy(tx, state.policyHash()),
                policy(tx, next.roster().policyHash()),
                state.epoch()));
    }

    /** Throws unless {@code header} may be the next epoch's. */
    static void checkNext(RowTx tx, GroupState state, EpochHeader header) {
        boolean onPath = header.rosterHash().equals(state.rosterHash())
                || state.proposals().contains(header.rosterHash());
        SignedRoster named = roster(tx, onPath ? header.rosterHash() : state.newestRoster());
        Policy policy = policy(tx, named.roster().policyHash());
        Optional<MemberSwitch> next = MemberSwitch.find(tx).filter(p -> p.concerns(header) && p.isNew(header));
        next.ifPresent(p -> SwitchCheck.checkFirst(p.reinit().reinit(), header));
        EpochCheck.check(
                header,
                epoch(state),
                roster(tx, state.rosterHash()),
                named,
                policy,
                next.isPresent() ? header.schemeId() : EpochCheck.scheme(epoch(state), policy));
    }
}
