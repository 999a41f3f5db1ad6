// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;

/** How a group may begin: the founder alone, who owns it, under an id that commits to founder and policy (note F5). */
public final class GenesisCheck {

    private GenesisCheck() {}

    /** Checks everything and gives the group's id. */
    public static GroupId check(Genesis genesis) {
        PolicyCheck.check(genesis.policy());
        GroupId id = GroupHashes.groupId(genesis);
        Roster roster = genesis.roster().roster();
        if (!roster.group().equals(id)) {
            throw violation("the group's id does not follow from its genesis");
        }
        if (roster.seq() != 0 || roster.entries().size() != 1) {
            throw violation("a group begins with its founder alone");
        }
        RosterEntry founder = roster.entries().get(0);
        if (!founder.idKey().equals(genesis.policy().policy().ownerKey())
                || !founder.leaf().equals(genesis.roster().signer())) {
            throw violation("the founder owns the policy and signs the first roster");
        }
        if (!founder.rights().equals(Set.of(Right.values())) || founder.joinedEpoch() > 1) {
            throw violation("the founder has every right from the first epoch on");
        }
        if (!roster.policyHash().equals(GroupHashes.of(genesis.policy()))) {
            throw violation("the first roster names the first policy");
        }
        SignatureCheck.require(
                founder.idKey(),
                RosterRules.LABEL,
                genesis.roster().encoded(),
                genesis.roster().signature());
        return id;
    }

    /** Checks everything, and that this is the beginning of {@code expected}. */
    public static void check(GroupId expected, Genesis genesis) {
        if (!check(genesis).equals(expected)) {
            throw violation("the genesis of another group");
        }
    }

    private static RejectedException violation(String why) {
        return new RejectedException(ErrorCode.POLICY_VIOLATION, why);
    }
}
