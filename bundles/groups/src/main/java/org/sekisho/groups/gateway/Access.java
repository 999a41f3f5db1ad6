// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.EnumSet;
import java.util.Set;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Operation;
import org.sekisho.api.Role;

/** The roles that follow from a group's roster, and what they permit. */
final class Access {

    private Access() {}

    /** Throws unless the caller, as who it is in this group, may do this. */
    static void demand(Operation operation, Caller caller, GroupState state) {
        demand(operation, caller, roles(caller, state));
    }

    static void demand(Operation operation, Caller caller, Set<Role> inGroup) {
        boolean allowed = operation.permits(caller.roles()) || operation.permits(inGroup);
        boolean forMembers = operation.allowed().contains(Role.MEMBER);
        if (!allowed && forMembers && caller.leaf().isPresent()) {
            throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member of this group");
        }
        operation.demand(caller, inGroup);
    }

    /** Members are the leaves of the current roster and of the proposal. */
    static Set<Role> roles(Caller caller, GroupState state) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        caller.leaf().flatMap(state::entry).ifPresent(entry -> {
            roles.add(Role.MEMBER);
            if (entry.idKey().equals(state.policy().ownerKey())) {
                roles.add(Role.OWNER);
            }
        });
        return roles;
    }

    static boolean isMember(LeafId leaf, GroupState state) {
        return state.entry(leaf).isPresent();
    }
}
