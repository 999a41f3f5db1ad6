// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;

/**
 * A group's past after {@link ChainCheck}: every link signed by who might, from the genesis on.
 *
 * @param rosters by sequence; those after {@code committed} are proposals
 * @param reinits the scheme switches that were carried out
 * @param committed the roster of the current epoch; the genesis roster before the first
 * @param policy the policy that {@code committed} names
 * @param epoch the current one, if any
 */
public record VerifiedChain(
        GroupId group,
        Octets nonce,
        List<SignedPolicy> policies,
        List<SignedRoster> rosters,
        List<SignedCommit> commits,
        List<SignedReinit> reinits,
        SignedRoster committed,
        Policy policy,
        Optional<EpochView> epoch) {

    public VerifiedChain {
        policies = List.copyOf(policies);
        rosters = List.copyOf(rosters);
        commits = List.copyOf(commits);
        reinits = List.copyOf(reinits);
    }

    /** The newest proposal, if there is one. */
    public Optional<SignedRoster> proposal() {
        SignedRoster last = rosters.get(rosters.size() - 1);
        return last.roster().seq() > committed.roster().seq() ? Optional.of(last) : Optional.empty();
    }
}
