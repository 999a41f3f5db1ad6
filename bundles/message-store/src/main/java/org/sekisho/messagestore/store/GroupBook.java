// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.Role;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;

/**
 * Who may do what in a group, as the groups service knows it. Remembers what it read of the last {@value #REMEMBERED} groups;
 * every call asks anew which epoch is the current one. Safe for many threads.
 */
final class GroupBook {

    static final int REMEMBERED = 256;

    private final Groups groups;
    private final GroupHistory history;
    private final Map<GroupId, GroupFacts> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<GroupId, GroupFacts> eldest) {
            return size() > REMEMBERED;
        }
    };

    GroupBook(Groups groups, GroupHistory history) {
        this.groups = groups;
        this.history = history;
    }

    /** A member of the committed roster, and the group it is a member of. */
    record Member(RosterEntry entry, GroupFacts facts) {}

    /** Throws unless the caller is in the roster of the current epoch: not in a proposal, not in an earlier one. */
    Member member(Operation operation, Caller caller, GroupId group) {
        var leaf = caller.requireLeaf();
        operation.demand(caller, Set.of(Role.MEMBER)); // a member or nobody: the roster is asked next
        GroupFacts facts = facts(caller, group);
        return new Member(
                facts.roster()
                        .entry(leaf)
                        .orElseThrow(() ->
                                new DeniedException(ErrorCode.NOT_A_MEMBER, "not in the roster of the current epoch")),
                facts);
    }

    /** Throws unless the access table lets the caller, as who it is in the group, look at the store. */
    GroupFacts status(Caller caller, GroupId group) {
        GroupFacts facts = facts(caller, group);
        boolean member = caller.leaf().filter(facts::isMember).isPresent();
        Operation.STORE_STATUS.demand(caller, member ? Set.of(Role.MEMBER) : Set.of());
        return facts;
    }

    /** For everybody who may look at the group at all. */
    GroupFacts facts(Caller caller, GroupId group) {
        GroupView view = groups.group(caller, group);
        if (view.epoch() == 0) {
            throw new NotFoundException("group " + group + " has no epoch yet");
        }
        Optional<GroupFacts> before = remembered(group);
        if (before.filter(f -> f.current().hash().equals(view.epochHash().orElse(null)) && enough(caller, f))
                .isPresent()) {
            return before.get();
        }
        GroupFacts facts = read(caller, group, view, before);
        synchronized (known) {
            known.put(group, facts);
        }
        return facts;
    }

    /** What was read last, however old; for work that nobody waits for. */
    Optional<GroupFacts> remembered(GroupId group) {
        synchronized (known) {
            return Optional.ofNullable(known.get(group));
        }
    }

    private GroupFacts read(Caller caller, GroupId group, GroupView view, Optional<GroupFacts> before) {
        List<GroupFacts.Epoch> epochs =
                new ArrayList<>(before.map(GroupFacts::epochs).orElse(List.of()));
        while (true) {
            Page<EpochRecord> page = history.epochs(caller, group, epochs.size(), Page.MAX_LIMIT);
            page.items().forEach(r -> epochs.add(new GroupFacts.Epoch(r.header(), r.epochHash(), r.at())));
            if (page.items().size() < Page.MAX_LIMIT) {
                break;
            }
        }
        Map<Hash, Roster> rosters =
                new HashMap<>(before.map(GroupFacts::rosters).orElse(Map.of()));
        // an administrator looks at the store without seeing rosters: numbers of epochs are enough for that
        if (caller.leaf().isPresent()) {
            for (Octets encoded :
                    GroupChain.of(page -> history.chain(caller, group, page)).rosters()) {
                SignedRoster signed = RosterCodec.decodeSigned(encoded);
                rosters.putIfAbsent(Sha256.hash(signed.encoded()), signed.roster());
            }
        }
        return new GroupFacts(group, view.policy().history(), epochs, rosters);
    }

    /** What an administrator had read lacks the rosters that a member needs. */
    private static boolean enough(Caller caller, GroupFacts facts) {
        return caller.leaf().isEmpty()
                || facts.rosters().containsKey(facts.current().header().rosterHash());
    }
}
