// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.Invitation;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.chain.GenesisCheck;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.VerifiedChain;

/** How a leaf comes into a group: by founding it, or from an invitation that pins the past (protocol note F5). */
final class Membership {

    static final String POLICY_LABEL = "policy";
    private static final String ROSTER_LABEL = "roster";

    private Membership() {}

    /** A genesis signed by this leaf, which owns the policy. */
    static Genesis genesis(MemberIdentity self, Policy policy, Entropy entropy) {
        Octets encodedPolicy = PolicyCodec.encode(policy);
        SignedPolicy signedPolicy =
                new SignedPolicy(policy, encodedPolicy, self.signing().sign(POLICY_LABEL, encodedPolicy));
        Octets nonce = Octets.of(entropy.next(GenesisCodec.NONCE_SIZE));
        Hash policyHash = GroupHashes.of(signedPolicy);
        GroupId group = GroupHashes.groupId(policy.ownerKey(), policyHash, nonce);
        RosterEntry founder = new RosterEntry(
                self.leaf(),
                self.idKey(),
                self.hpkeKey(),
                Set.of(Right.values()),
                1,
                Optional.of(Sha256.hash(self.certificate())));
        Roster roster = new Roster(group, 0, Optional.empty(), List.of(founder), policyHash);
        Octets encodedRoster = RosterCodec.encode(roster);
        Genesis genesis = new Genesis(
                nonce,
                signedPolicy,
                new SignedRoster(
                        roster, encodedRoster, self.leaf(), self.signing().sign(ROSTER_LABEL, encodedRoster)));
        GenesisCheck.check(group, genesis);
        return genesis;
    }

    /** Writes a new group down. */
    static GroupState begin(RowTx tx, Genesis genesis) {
        ChainRows.put(tx, genesis.policy());
        ChainRows.put(tx, genesis.roster());
        GroupState state = new GroupState(
                MemberStatus.MEMBER,
                genesis.nonce(),
                GroupHashes.of(genesis.policy()),
                0,
                Optional.empty(),
                Optional.empty(),
                GroupHashes.of(genesis.roster()),
                List.of(),
                0,
                Optional.empty());
        ChainRows.save(tx, state);
        return state;
    }

    /** Requires that {@code chain} leads to exactly what {@code invitation} pins, and that its inviter stood there. */
    static void requirePinned(VerifiedChain chain, Invitation invitation, Octets inviterKey) {
        SignedCommit commit = chain.commits().stream()
                .filter(c -> c.commit().header().epoch() == invitation.epoch())
                .filter(c -> GroupHashes.of(c.commit()).equals(invitation.epochHash()))
                .findFirst()
                .orElseThrow(() -> unpinned("the chain does not have the invitation's epoch"));
        SignedRoster roster = chain.rosters().stream()
                .filter(r -> r.roster().seq() == invitation.rosterSeq())
                .filter(r -> GroupHashes.of(r).equals(invitation.rosterHash()))
                .findFirst()
                .orElseThrow(() -> unpinned("the chain does not have the invitation's roster"));
        boolean inviter = roster.roster()
                .entry(invitation.inviter())
                .filter(e -> e.idKey().equals(inviterKey))
                .isPresent();
        if (!inviter || !chain.nonce().equals(invitation.groupNonce())) {
            throw unpinned("the inviter does not stand in the invitation's roster");
        }
        if (!chain.group().equals(commit.commit().header().group())) {
            throw unpinned("the chain of another group");
        }
    }

    /** Writes down the group of an invitation, as it was when that was made. */
    static GroupState join(RowTx tx, VerifiedChain chain, Mail.Pending pending, Instant now) {
        keep(tx, chain);
        SignedCommit pinned = chain.commits().get((int) pending.invitation().epoch() - 1);
        GroupState state = at(chain, pinned.commit(), List.of())
                .with(MemberStatus.JOINING)
                .invited(InvitationCodec.encode(pending.invitation()));
        GroupState fresh = state.freshUntil(FreshView.until(tx, state, pending.issuedAt(), now));
        ChainRows.save(tx, fresh);
        return fresh;
    }

    /**
     * The state from which the log that begins with this leaf's own adding can be followed: the last epoch before the run of
     * rosters that have {@code self}, with the proposals up to it. Empty while no roster has this leaf.
     */
    static Optional<GroupState> base(RowTx tx, GroupState state, VerifiedChain chain, LeafId self) {
        keep(tx, chain);
        int first = chain.rosters().size();
        while (first > 0 && chain.rosters().get(first - 1).roster().contains(self)) {
            first--;
        }
        if (first == chain.rosters().size() || first == 0) {
            return Optional.empty();
        }
        long firstSeq = chain.rosters().get(first).roster().seq();
        Optional<EpochCommit> before = chain.commits().stream()
                .map(SignedCommit::commit)
                .filter(c -> seq(chain, c.header()) < firstSeq)
                .reduce((older, newer) -> newer);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        long committedSeq = seq(chain, before.get().header());
        List<Hash> proposals = new ArrayList<>();
        for (SignedRoster roster : chain.rosters()) {
            if (roster.roster().seq() > committedSeq && roster.roster().seq() < firstSeq) {
                proposals.add(GroupHashes.of(roster));
            }
        }
        return Optional.of(at(chain, before.get(), proposals)
                .withInstance(state.instance())
                .freshUntil(state.freshUntil()));
    }

    /** Rosters and policies of the whole chain, and commits up to the state: later ones come by the log. */
    private static void keep(RowTx tx, VerifiedChain chain) {
        chain.policies().forEach(policy -> ChainRows.put(tx, policy));
        chain.rosters().forEach(roster -> ChainRows.put(tx, roster));
    }

    static void keepCommits(RowTx tx, VerifiedChain chain, long through) {
        chain.commits().stream()
                .filter(c -> c.commit().header().epoch() <= through)
                .forEach(c -> ChainRows.put(tx, c));
    }

    private static GroupState at(VerifiedChain chain, EpochCommit commit, List<Hash> proposals) {
        EpochHeader header = commit.header();
        return new GroupState(
                MemberStatus.MEMBER,
                chain.nonce(),
                header.policyHash(),
                0,
                Optional.of(header),
                Optional.of(GroupHashes.of(commit)),
                header.rosterHash(),
                proposals,
                0,
                Optional.empty());
    }

    private static long seq(VerifiedChain chain, EpochHeader header) {
        return chain.rosters().stream()
                .filter(r -> GroupHashes.of(r).equals(header.rosterHash()))
                .findFirst()
                .orElseThrow()
                .roster()
                .seq();
    }

    private static RejectedException unpinned(String why) {
        return new RejectedException(ErrorCode.POLICY_VIOLATION, why);
    }
}
