// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Role;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.protocol.FactsTable;

/** Who may, and the group's past: asked of the groups service, the past kept until there is a new epoch. Safe for many threads. */
final class GroupFacts {

    private static final int KEPT = 256;

    private final Groups groups;
    private final GroupHistory history;

    private final Map<GroupId, Past> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<GroupId, Past> eldest) {
            return size() > KEPT;
        }
    };

    private record Past(Hash epochHash, FactsTable facts) {}

    GroupFacts(Groups groups, GroupHistory history) {
        this.groups = groups;
        this.history = history;
    }

    /** Throws unless the caller may; members are the leaves of the committed roster. */
    GroupView demand(Operation operation, Caller caller, GroupId group) {
        GroupView view = groups.group(caller, group);
        boolean member = caller.leaf().filter(view.members()::contains).isPresent();
        if (!member && caller.leaf().isPresent() && !operation.permits(caller.roles())) {
            throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member of the current epoch");
        }
        operation.demand(caller, member ? java.util.Set.of(Role.MEMBER) : java.util.Set.of());
        return view;
    }

    /** The verified past up to the view's epoch. */
    FactsTable facts(Caller caller, GroupView view) {
        Hash newest = view.epochHash().orElse(Sha256.hash(Octets.EMPTY));
        synchronized (kept) {
            Past known = kept.get(view.group());
            if (known != null && known.epochHash().equals(newest)) {
                return known.facts();
            }
        }
        FactsTable facts = read(view, GroupChain.of(page -> history.chain(caller, view.group(), page)));
        synchronized (kept) {
            kept.put(view.group(), new Past(newest, facts));
        }
        return facts;
    }

    private static FactsTable read(GroupView view, GroupChain chain) {
        Map<Hash, Roster> rosters = new HashMap<>();
        for (Octets encoded : chain.rosters()) {
            SignedRoster roster = RosterCodec.decodeSigned(encoded);
            rosters.put(Sha256.hash(roster.encoded()), roster.roster());
        }
        List<EpochFact> epochs = new ArrayList<>();
        for (Octets encoded : chain.commits()) {
            EpochCommit commit = EpochCodec.decodeSigned(encoded).commit();
            Hash hash = KeySchedule.epochHash(EpochCodec.encode(commit.header()), commit.confirmTag());
            Roster roster = rosters.get(commit.header().rosterHash());
            if (roster != null) {
                epochs.add(new EpochFact(
                        commit.header().epoch(),
                        commit.header().cohort(),
                        hash,
                        commit.header().rosterHash(),
                        roster));
            }
        }
        return new FactsTable(view.policy().history(), epochs);
    }
}
