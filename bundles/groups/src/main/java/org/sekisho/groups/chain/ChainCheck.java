// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.ReinitCodec;
import org.sekisho.codec.group.RosterCodec;

/**
 * Replays a group's past from its genesis, as a newcomer must before it believes anything (protocol note F5). Rosters between
 * two epochs are judged by the epoch in which they were proposed.
 *
 * <p>One object checks one chain.
 */
public final class ChainCheck {

    private final Map<Hash, Policy> policies = new HashMap<>();
    private final List<SignedReinit> reinits;
    private SignedRoster committed;
    private SignedRoster link;
    private Optional<EpochView> epoch = Optional.empty();

    private ChainCheck(SignedRoster genesis, List<SignedReinit> reinits) {
        this.reinits = reinits;
        this.committed = genesis;
        this.link = genesis;
    }

    /** Gives what the chain says, or throws on the first link that does not hold. */
    public static VerifiedChain verify(GroupId group, GroupChain chain) {
        List<SignedPolicy> policies =
                chain.policies().stream().map(PolicyCodec::decodeSigned).toList();
        List<SignedRoster> rosters =
                chain.rosters().stream().map(RosterCodec::decodeSigned).toList();
        List<SignedCommit> commits =
                chain.commits().stream().map(EpochCodec::decodeSigned).toList();
        if (policies.isEmpty() || rosters.isEmpty()) {
            throw broken("a chain has a first policy and a first roster");
        }
        GenesisCheck.check(group, new Genesis(chain.nonce(), policies.get(0), rosters.get(0)));
        List<SignedReinit> reinits =
                chain.reinits().stream().map(ReinitCodec::decodeSigned).toList();
        var check = new ChainCheck(rosters.get(0), reinits);
        check.addPolicies(policies);
        int next = 1;
        for (SignedCommit commit : commits) {
            next = check.addUpTo(commit.commit().header(), rosters, next);
            check.add(commit);
        }
        for (; next < rosters.size(); next++) {
            check.add(rosters.get(next));
        }
        return new VerifiedChain(
                group,
                chain.nonce(),
                policies,
                rosters,
                commits,
                reinits,
                check.committed,
                check.policy(check.committed),
                check.epoch);
    }

    private void addPolicies(List<SignedPolicy> signed) {
        policies.put(GroupHashes.of(signed.get(0)), signed.get(0).policy());
        for (int i = 1; i < signed.size(); i++) {
            PolicyCheck.checkStep(signed.get(i - 1).policy(), signed.get(i));
            policies.put(GroupHashes.of(signed.get(i)), signed.get(i).policy());
        }
    }

    private int addUpTo(EpochHeader header, List<SignedRoster> rosters, int next) {
        int at = next;
        while (!GroupHashes.of(link).equals(header.rosterHash())) {
            if (at == rosters.size()) {
                throw broken("an epoch names a roster that is not in the chain");
            }
            add(rosters.get(at++));
        }
        return at;
    }

    private void add(SignedRoster roster) {
        long number = epoch.map(e -> e.header().epoch()).orElse(0L);
        RosterRules.check(new RosterStep(committed, link, roster, policy(committed), policy(roster), number));
        link = roster;
    }

    private void add(SignedCommit commit) {
        EpochHeader header = commit.commit().header();
        EpochCheck.check(header, epoch, committed, link, policy(link), scheme(header));
        CommitCheck.check(commit, link.roster());
        committed = link;
        epoch = Optional.of(new EpochView(header, GroupHashes.of(commit.commit())));
    }

    /** The scheme of the epoch before, or the one an administrator ordered the group to move to. */
    private String scheme(EpochHeader header) {
        String running = EpochCheck.scheme(epoch, policy(link));
        if (epoch.isEmpty() || header.schemeId().equals(running)) {
            return running;
        }
        SignedReinit reinit = reinits.stream()
                .filter(r -> r.reinit().epochHash().equals(epoch.get().epochHash()))
                .findFirst()
                .orElseThrow(() -> broken("the scheme changed and nobody ordered it"));
        var base = new SwitchCheck.Ground(epoch.get(), committed, link, policy(committed), policy(link));
        SwitchCheck.check(reinit, base);
        SwitchCheck.checkFirst(reinit.reinit(), header);
        return reinit.reinit().newScheme();
    }

    private Policy policy(SignedRoster roster) {
        Policy policy = policies.get(roster.roster().policyHash());
        if (policy == null) {
            throw broken("a roster names a policy that is not in the chain");
        }
        return policy;
    }

    private static RejectedException broken(String why) {
        return new RejectedException(ErrorCode.POLICY_VIOLATION, why);
    }
}
