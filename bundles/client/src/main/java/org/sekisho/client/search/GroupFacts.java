// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.group.History;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.searchindex.protocol.ChainFacts;
import org.sekisho.searchindex.protocol.FactsTable;

/** The group's past as the host verified it. Immutable; made again when there is a new epoch. */
final class GroupFacts implements ChainFacts {

    private static final int PAGE = 500;

    private final FactsTable table;
    private final List<EpochFact> first;

    private GroupFacts(FactsTable table, List<EpochFact> first) {
        this.table = table;
        this.first = List.copyOf(first);
    }

    static GroupFacts of(MemberHost host, GroupId group) {
        List<EpochFact> epochs = new ArrayList<>();
        List<EpochFact> first = new ArrayList<>();
        long after = 0;
        for (List<EpochView> page; !(page = host.epochs(group, after, PAGE)).isEmpty(); ) {
            for (EpochView epoch : page) {
                after = epoch.header().epoch();
                Optional<SignedRoster> roster =
                        host.roster(group, epoch.header().rosterHash());
                if (roster.isPresent()) {
                    EpochFact fact = new EpochFact(
                            epoch.header().epoch(),
                            epoch.header().cohort(),
                            epoch.epochHash(),
                            epoch.header().rosterHash(),
                            roster.get().roster());
                    if (epochs.isEmpty() || epochs.get(epochs.size() - 1).cohort() != fact.cohort()) {
                        first.add(fact);
                    }
                    epochs.add(fact);
                }
            }
        }
        return new GroupFacts(new FactsTable(host.view(group).policy().history(), epochs), first);
    }

    /** The first epoch of each cohort. */
    List<EpochFact> firstEpochs() {
        return first;
    }

    @Override
    public Optional<EpochFact> epoch(Hash epochHash) {
        return table.epoch(epochHash);
    }

    @Override
    public Optional<EpochFact> current() {
        return table.current();
    }

    @Override
    public History history() {
        return table.history();
    }

    @Override
    public long lastRemoval() {
        return table.lastRemoval();
    }
}
