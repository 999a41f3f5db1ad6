// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.gateway.GroupRecord.RosterRef;

/**
 * A group's record, rosters and policies. Rosters and policies never change, so they are read once and kept under their hash.
 * Safe for many threads.
 */
final class GroupRows {

    private static final Octets RECORD = Octets.utf8("group");
    private static final int PAGE = 500;

    private final Map<Hash, SignedRoster> rosters = new RecentlyUsed<>(256);
    private final Map<Octets, SignedPolicy> policies = new RecentlyUsed<>(1024);

    boolean exists(RowTx tx) {
        return tx.get(Table.GROUP, RECORD).isPresent();
    }

    /** The group of the transaction's scope, or NOT_FOUND. */
    GroupState require(RowTx tx) {
        GroupRecord record = tx.get(Table.GROUP, RECORD)
                .map(GroupRecord::decode)
                .orElseThrow(() -> new NotFoundException("no such group"));
        SignedRoster committed = roster(tx, record.committed());
        return new GroupState(
                new GroupId(tx.scope()),
                record,
                committed,
                record.proposal().map(p -> roster(tx, p)),
                policy(tx, committed.roster().policyHash()).orElseThrow().policy());
    }

    void save(RowTx tx, GroupRecord record) {
        tx.put(Table.GROUP, RECORD, record.encode());
    }

    RosterRef add(RowTx tx, SignedRoster roster) {
        var ref = new RosterRef(roster.roster().seq(), GroupHashes.of(roster));
        tx.put(Table.ROSTER, Octets.ofLong(ref.seq()), RosterCodec.encode(roster));
        return ref;
    }

    void add(RowTx tx, SignedPolicy policy) {
        tx.put(Table.POLICY, GroupHashes.of(policy).value(), PolicyCodec.encode(policy));
    }

    /** A policy this group knows. What another group knows does not count here. */
    Optional<SignedPolicy> policy(RowTx tx, Hash hash) {
        Octets place = Octets.concat(tx.scope(), hash.value());
        SignedPolicy known = policies.get(place);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SignedPolicy> read = tx.get(Table.POLICY, hash.value()).map(PolicyCodec::decodeSigned);
        read.ifPresent(p -> policies.put(place, p));
        return read;
    }

    /** Ascending by version. */
    List<SignedPolicy> policies(RowTx tx) {
        return tx.scan(Table.POLICY, Octets.EMPTY, Octets.EMPTY, 10_000).stream()
                .map(row -> PolicyCodec.decodeSigned(row.value()))
                .sorted(Comparator.comparingLong(p -> p.policy().version()))
                .toList();
    }

    /** Encoded, from {@code seq} on, ascending. */
    List<Octets> rosters(RowTx tx, long seq) {
        return all(tx, Table.ROSTER, seq == 0 ? Octets.EMPTY : Octets.ofLong(seq - 1)).stream()
                .map(Row::value)
                .toList();
    }

    static List<Row> all(RowTx tx, Table table, Octets after) {
        var rows = new java.util.ArrayList<Row>();
        Octets last = after;
        for (List<Row> page; !(page = tx.scan(table, Octets.EMPTY, last, PAGE)).isEmpty(); ) {
            rows.addAll(page);
            last = page.get(page.size() - 1).key();
        }
        return rows;
    }

    private SignedRoster roster(RowTx tx, RosterRef ref) {
        SignedRoster known = rosters.get(ref.hash());
        if (known != null) {
            return known;
        }
        SignedRoster read = tx.get(Table.ROSTER, Octets.ofLong(ref.seq()))
                .map(RosterCodec::decodeSigned)
                .orElseThrow(() -> new IllegalStateException("a roster of the chain is missing"));
        rosters.put(ref.hash(), read);
        return read;
    }

    /** The policy named by {@code roster}. */
    Policy policyOf(RowTx tx, SignedRoster roster) {
        return policy(tx, roster.roster().policyHash()).orElseThrow().policy();
    }
}
