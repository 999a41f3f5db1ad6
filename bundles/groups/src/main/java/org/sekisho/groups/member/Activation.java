// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.LiveSecrets;
import org.sekisho.groups.chain.CommitCheck;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.PolicyCheck;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.SchemeSource;

/**
 * Turns a pending epoch into the active one when its commit is seen. The commit must be the next link of the verified chain,
 * signed by a member, and carry the tag this leaf derived itself; anything else is complained about and nothing is sent any
 * more (protocol note F8).
 */
final class Activation {

    /** How long an epoch's secrets are kept after the next became active (protocol note F20). */
    static final Duration LATE = Duration.ofSeconds(60);

    private final MemberIdentity self;
    private final EpochRows epochs;
    private final Envelopes envelopes;
    private final Deliveries deliveries;
    private final SchemeSource schemes;
    private final HostClock clock;

    Activation(
            MemberIdentity self,
            EpochRows epochs,
            Envelopes envelopes,
            Deliveries deliveries,
            SchemeSource schemes,
            HostClock clock) {
        this.self = self;
        this.epochs = epochs;
        this.envelopes = envelopes;
        this.deliveries = deliveries;
        this.schemes = schemes;
        this.clock = clock;
    }

    /**
     * Takes a commit from the log.
     *
     * @param issuedAt when its sponsor made it, by the sponsor's clock
     * @return what the scheme is to be told
     */
    Optional<Event> accept(RowTx tx, SignedCommit commit, Instant issuedAt) {
        GroupState state = ChainRows.state(tx);
        EpochHeader header = commit.commit().header();
        if (header.epoch() <= state.epoch()) {
            compare(tx, state, commit);
            return Optional.empty();
        }
        if (isOfAnotherBranch(state, header)) {
            // signed by one of ours: who signed it has another epoch of the number that is known here
            CommitCheck.check(commit, ChainRows.roster(tx, state.rosterHash()).roster());
            complain(tx, state, Complaint.FORK, commit);
            return Optional.empty();
        }
        ChainRows.checkNext(tx, state, header);
        PolicyCheck.checkBlind(ChainRows.policy(tx, header.policyHash()), schemes.scheme(header.schemeId()));
        Roster roster = ChainRows.roster(tx, header.rosterHash()).roster();
        CommitCheck.check(commit, roster);
        if (!roster.contains(self.leaf())) {
            leave(tx, state, commit);
            return Optional.of(new Event.Abort("removed"));
        }
        Hash headerHash = GroupHashes.of(header);
        Optional<EpochRows.Entry> pending = epochs.find(tx, header.epoch(), headerHash);
        if (pending.isEmpty() && Keyed.since(tx) > 0 && !mayComeLate(header)) {
            complain(tx, state, Complaint.UNKNOWN_HEADER, commit);
            return Optional.empty();
        }
        if (pending.isPresent() && !confirms(tx, pending.get(), commit)) {
            complain(tx, state, Complaint.CONFIRM_TAG, commit);
            return Optional.empty();
        }
        Hash epochHash = GroupHashes.of(commit.commit());
        ChainRows.put(tx, commit);
        GroupState next = state.advanced(header, epochHash);
        if (roster.entry(commit.commit().sponsor())
                .filter(e -> e.rights().contains(Right.ADMIN))
                .isPresent()) {
            next = next.freshUntil(FreshView.until(tx, next, issuedAt, clock.now()));
        }
        ChainRows.save(tx, next);
        pending.ifPresent(entry -> install(tx, entry, epochHash, roster));
        return Optional.of(new Event.CommitAccepted(commit));
    }

    private static boolean isOfAnotherBranch(GroupState state, EpochHeader header) {
        return header.epoch() == state.epoch() + 1
                && state.epochHash().isPresent()
                && !header.previous().equals(state.epochHash());
    }

    /** While the scheme's bundle is away nobody can tell: the log waits for it. */
    private boolean mayComeLate(EpochHeader header) {
        return schemes.scheme(header.schemeId())
                .orElseThrow(() -> new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "the scheme is absent"))
                .descriptor()
                .capabilities()
                .contains(Capability.LATE_KEYS);
    }

    /** The key of an epoch whose commit was seen before: a newcomer's first, or one by {@link Capability#LATE_KEYS}. */
    void activateLate(RowTx tx, GroupState state, SignedCommit commit) {
        EpochHeader header = commit.commit().header();
        EpochRows.Entry entry =
                epochs.find(tx, header.epoch(), GroupHashes.of(header)).orElseThrow();
        if (entry.active()) {
            return;
        }
        if (!confirms(tx, entry, commit)) {
            complain(tx, state, Complaint.CONFIRM_TAG, commit);
            return;
        }
        install(
                tx,
                entry,
                GroupHashes.of(commit.commit()),
                ChainRows.roster(tx, header.rosterHash()).roster());
    }

    private void install(RowTx tx, EpochRows.Entry entry, Hash epochHash, Roster roster) {
        epochs.activate(tx, entry, clock.lived() + LATE.toMillis());
        Keyed.reached(tx, entry.epoch());
        deliveries.add(
                tx,
                new MemberEvent.EpochActive(
                        new GroupId(tx.scope()),
                        entry.epoch(),
                        epochHash,
                        roster.entries().stream().map(RosterEntry::leaf).toList()));
    }

    private boolean confirms(RowTx tx, EpochRows.Entry entry, SignedCommit commit) {
        try (LiveSecrets secrets = epochs.open(tx, entry)) {
            return KeySchedule.confirms(
                    entry.headerHash(), secrets.confirm(), commit.commit().confirmTag());
        }
    }

    /** Another valid commit of an epoch that is committed is evidence of a fork. */
    private void compare(RowTx tx, GroupState state, SignedCommit commit) {
        EpochHeader header = commit.commit().header();
        Optional<SignedCommit> known = ChainRows.commit(tx, header.epoch());
        boolean same = known.map(SignedCommit::commit)
                .map(GroupHashes::of)
                .filter(GroupHashes.of(commit.commit())::equals)
                .isPresent();
        if (!same && known.isPresent()) {
            // by the roster of the known branch: the other branch's may be unknown, but its sponsor must be one of ours
            CommitCheck.check(
                    commit,
                    ChainRows.roster(tx, known.get().commit().header().rosterHash())
                            .roster());
            complain(tx, state, Complaint.FORK, commit);
        }
    }

    void complain(RowTx tx, GroupState state, String kind, SignedCommit commit) {
        complain(tx, state, kind, EpochCodec.encode(commit));
    }

    /** Stops sending, raises the alarm, and tells everyone once. */
    void complain(RowTx tx, GroupState state, String kind, Octets proof) {
        GroupId group = new GroupId(tx.scope());
        if (state.status() == MemberStatus.MEMBER) {
            ChainRows.save(tx, state.with(MemberStatus.FORKED));
            envelopes.send(tx, group, Party.EVERYONE, Complaint.TYPE, new Complaint(kind, proof).encode(), Map.of());
        }
        deliveries.add(tx, new MemberEvent.Alarm(group, kind, proof));
    }

    private void leave(RowTx tx, GroupState state, SignedCommit commit) {
        ChainRows.put(tx, commit);
        ChainRows.save(
                tx,
                state.advanced(commit.commit().header(), GroupHashes.of(commit.commit()))
                        .with(MemberStatus.REMOVED));
        epochs.eraseAll(tx);
        Outbox.entries(tx, 10_000).forEach(entry -> Outbox.remove(tx, entry.n()));
        deliveries.add(
                tx,
                new MemberEvent.Removed(
                        new GroupId(tx.scope()), commit.commit().header().epoch()));
    }
}
