// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.Invitation;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groups.chain.ChainCheck;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.VerifiedChain;

/** How this leaf comes into groups: by founding one, or by an invitation, whose past it verifies from the genesis on. */
final class Joining {

    private final MemberParts parts;
    private final Settling settling;
    private final Octets mailScope;

    Joining(MemberParts parts, Settling settling) {
        this.parts = parts;
        this.settling = settling;
        this.mailScope = parts.self().leaf().value();
    }

    GroupId found(Policy policy) {
        Genesis genesis = Membership.genesis(parts.self(), policy, parts.entropy());
        GroupId group = GroupHashes.groupId(genesis);
        parts.rows().transact(group.value(), tx -> {
            Membership.begin(tx, genesis);
            Outbox.add(tx, Outgoing.Way.FOUND, Optional.empty(), GenesisCodec.encode(genesis));
            return start(tx, policy.schemeId(), Octets.EMPTY, OptionalLong.empty());
        });
        settling.settle(group);
        return group;
    }

    private long start(RowTx tx, String schemeId, Octets params, OptionalLong heirOf) {
        requireBlind(tx, schemeId);
        long instance = parts.runner().create(tx, parts.effects(), schemeId, Role.MEMBER, params, heirOf);
        // the first step may have moved the state already
        ChainRows.save(tx, ChainRows.state(tx).withInstance(instance));
        return instance;
    }

    /** The gateway and who invites may say that the policy is kept: this leaf's own knowledge of the scheme decides. */
    private void requireBlind(RowTx tx, String schemeId) {
        GroupState state = ChainRows.state(tx);
        SignedRoster newest = ChainRows.roster(tx, state.newestRoster());
        boolean blind = parts.schemes()
                .scheme(schemeId)
                .map(scheme -> scheme.descriptor().blind())
                .orElse(true); // absent here: the runner says so
        if (!blind && ChainRows.policy(tx, newest.roster().policyHash()).blindRequired()) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "the policy requires a blind scheme");
        }
    }

    /** Invitations nobody has answered yet and that can be answered now; expired ones are forgotten. */
    List<PendingInvitation> invitations() {
        Instant now = parts.clock().now();
        List<PendingInvitation> open = parts.rows().transact(mailScope, tx -> {
            List<PendingInvitation> all = new ArrayList<>();
            for (Mail.Pending pending : Mail.pending(tx)) {
                if (now.isBefore(pending.invitation().expiry())) {
                    all.add(new PendingInvitation(pending.hash(), pending.invitation(), pending.inviterKey()));
                } else {
                    Mail.remove(tx, pending.hash());
                }
            }
            return all;
        });
        // those of a group that this leaf is in wait: it may have been removed and invited anew, and not know yet
        return open.stream()
                .filter(i -> parts.rows()
                        .read(
                                i.invitation().group().value(),
                                tx -> answers(tx) && isLaterThanRemoval(tx, i.invitation())))
                .toList();
    }

    void ignore(Hash invitation) {
        parts.rows().transact(mailScope, tx -> {
            Mail.remove(tx, invitation);
            return invitation;
        });
    }

    GroupId join(Hash invitation, GroupChain chain, Octets params) {
        Mail.Pending pending = parts.rows()
                .read(mailScope, tx -> Mail.find(tx, invitation))
                .orElseThrow(() -> new NotFoundException("no such invitation"));
        GroupId group = pending.invitation().group();
        VerifiedChain verified = ChainCheck.verify(group, chain);
        Membership.requirePinned(verified, pending.invitation(), pending.inviterKey());
        parts.rows().transact(group.value(), tx -> {
            Optional<GroupState> known = ChainRows.find(tx);
            if (!answers(tx)) {
                throw new ConflictException(ErrorCode.ALREADY_EXISTS, "a member already");
            }
            if (!isLaterThanRemoval(tx, pending.invitation())) {
                throw new ConflictException(ErrorCode.ROSTER_CONFLICT, "the invitation is older than the removal");
            }
            known.filter(s -> s.status() == MemberStatus.MEMBER).ifPresent(s -> drop(tx, s));
            // who comes back does not go back: the branch must contain what was known of the group when it was left
            known.filter(s -> s.epochHash().isPresent()).ifPresent(s -> requireSamePast(s, verified));
            caughtUp(tx);
            Keyed.reset(tx);
            GroupState state =
                    Membership.join(tx, verified, pending, parts.clock().now());
            Membership.keepCommits(tx, verified, state.epoch());
            return answer(tx, known.filter(s -> s.status() == MemberStatus.JOINING), state, params);
        });
        ignore(invitation);
        settling.settle(group);
        return group;
    }

    /** Begins the scheme; or lets it answer once more, if it is still the one that was begun for an earlier invitation. */
    private long answer(RowTx tx, Optional<GroupState> joining, GroupState state, Octets params) {
        String scheme = state.header().orElseThrow().schemeId();
        if (joining.isEmpty()) {
            return start(tx, scheme, params, OptionalLong.empty());
        }
        long instance = joining.get().instance();
        ChainRows.save(tx, state.withInstance(instance));
        if (!parts.runner().scheme(tx, instance).equals(Optional.of(scheme))) {
            long next = start(tx, scheme, params, OptionalLong.of(instance));
            parts.switches().succeed(tx, instance, next);
            return next;
        }
        parts.runner().handle(tx, parts.effects(), instance, new Event.Request("accept", params));
        return instance;
    }

    /** What was sent before this leaf was removed does not bring it back. */
    private static boolean isLaterThanRemoval(RowTx tx, Invitation invitation) {
        return ChainRows.find(tx)
                .filter(s -> s.status() == MemberStatus.REMOVED)
                .map(s -> invitation.epoch() >= s.epoch())
                .orElse(true);
    }

    /**
     * Whether an invitation may be answered: to a group that is unknown, left, or too far ahead, or where an earlier one led
     * nowhere.
     */
    private static boolean answers(RowTx tx) {
        return ChainRows.find(tx)
                .map(GroupState::status)
                .map(s -> s == MemberStatus.REMOVED
                        || s == MemberStatus.JOINING
                        || s == MemberStatus.MEMBER && isBehind(tx))
                .orElse(true);
    }

    /** The gateway says that it no longer has what this leaf has not read: only a new invitation leads on. */
    void behind(GroupId group) {
        parts.rows().transact(group.value(), tx -> {
            if (!isBehind(tx) && ChainRows.state(tx).status() == MemberStatus.MEMBER) {
                Counters.set(tx, Counters.BEHIND, 1);
                parts.deliveries().add(tx, new MemberEvent.Alarm(group, MemberEvent.Alarm.LOG_EXPIRED, Octets.EMPTY));
            }
            return group;
        });
    }

    private static boolean isBehind(RowTx tx) {
        return Counters.get(tx, Counters.BEHIND) == 1;
    }

    /** The log was read on after all, or an invitation was accepted. */
    static void caughtUp(RowTx tx) {
        if (isBehind(tx)) {
            Counters.set(tx, Counters.BEHIND, 0);
        }
    }

    /** What was left of an earlier stay whose end this leaf will never read. */
    private void drop(RowTx tx, GroupState state) {
        parts.switches().left(tx);
        parts.inbox().clear(tx, state.instance());
        parts.runner().end(tx, state.instance());
        parts.epochs().eraseAll(tx);
        Outbox.entries(tx, 10_000).forEach(entry -> Outbox.remove(tx, entry.n()));
    }

    boolean catchUp(GroupId group, GroupChain chain) {
        // asked for again and again until it is true: do not verify a long past in vain
        if (chain.rosters().stream().map(RosterCodec::decodeSigned).noneMatch(r -> r.roster()
                .contains(parts.self().leaf()))) {
            return false;
        }
        VerifiedChain verified = ChainCheck.verify(group, chain);
        boolean done = parts.rows().transact(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            if (state.status() != MemberStatus.JOINING) {
                return true;
            }
            requireSamePast(state, verified);
            Optional<GroupState> base =
                    Membership.base(tx, state, verified, parts.self().leaf());
            base.ifPresent(next -> {
                Membership.keepCommits(tx, verified, next.epoch());
                ChainRows.save(tx, next);
                follow(tx, next);
            });
            return base.isPresent();
        });
        settling.settle(group);
        return done;
    }

    /** The group may have moved to another scheme since the invitation: that one takes over what was begun. */
    private void follow(RowTx tx, GroupState state) {
        String scheme = state.header().orElseThrow().schemeId();
        long instance = state.instance();
        if (parts.runner().scheme(tx, instance).filter(s -> !s.equals(scheme)).isPresent()) {
            long next = start(tx, scheme, Octets.EMPTY, OptionalLong.of(instance));
            parts.switches().succeed(tx, instance, next);
        }
    }

    private static void requireSamePast(GroupState state, VerifiedChain chain) {
        boolean same = chain.commits().stream().map(SignedCommit::commit).anyMatch(c -> Optional.of(GroupHashes.of(c))
                .equals(state.epochHash()));
        if (!same || !chain.nonce().equals(state.nonce())) {
            throw new ConflictException(ErrorCode.FORK_DETECTED, "the chain does not have the epoch that is known");
        }
    }
}
