// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;

/** A group as one transaction sees it. */
record GroupState(
        GroupId group, GroupRecord record, SignedRoster committed, Optional<SignedRoster> proposal, Policy policy) {

    /** The newest roster of the chain: what the next one must follow, and what the next epoch must name. */
    SignedRoster link() {
        return proposal.orElse(committed);
    }

    /** A leaf of the current epoch, or else one that is proposed for the next. */
    Optional<RosterEntry> entry(LeafId leaf) {
        return committed
                .roster()
                .entry(leaf)
                .or(() -> proposal.flatMap(p -> p.roster().entry(leaf)));
    }

    /** The key that speaks for a sender here. */
    Optional<Octets> key(Party from) {
        return from instanceof Party.Member m ? entry(m.leaf()).map(RosterEntry::idKey) : Optional.empty();
    }

    long epochNumber() {
        return record.epoch().map(e -> e.header().epoch()).orElse(0L);
    }
}
