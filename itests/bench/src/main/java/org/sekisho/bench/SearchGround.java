// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.searchindex.IndexAnswer;
import org.sekisho.api.searchindex.IndexLease;
import org.sekisho.api.searchindex.IndexQuery;
import org.sekisho.api.searchindex.SegmentPart;
import org.sekisho.api.store.RowStore;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.searchindex.SearchIndexComponent;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.protocol.FactsTable;
import org.sekisho.searchindex.protocol.MemberIndex;
import org.sekisho.searchindex.protocol.MemberRecords;
import org.sekisho.searchindex.protocol.RemoteIndex;
import org.sekisho.searchindex.protocol.SearchOptions;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.searchindex.wire.SegmentFile;

/** A gateway's search index on a store, and two members of one epoch who use it in the same process. */
final class SearchGround {

    final Map<Octets, Document> messages = new HashMap<>();
    final List<LeafId> leaves;
    final List<MemberIndex> members;
    private final SystemEntropy entropy = new SystemEntropy();
    private final GroupId group = new GroupId(Octets.of(entropy.next(16)));
    private final Octets key = Octets.of(entropy.next(32));
    private final EpochFact epoch;
    private final Octets roster;
    private final Octets commit;
    private final SearchIndexComponent index;

    SearchGround(RowStore rows) {
        List<SigningKey> keys = List.of(SigningKey.generate(entropy), SigningKey.generate(entropy));
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        first[0] = 1;
        second[0] = 2;
        leaves = List.of(LeafId.of(first), LeafId.of(second));
        Hash policy = Sha256.hash(Octets.EMPTY);
        Roster content = new Roster(
                group,
                0,
                Optional.empty(),
                List.of(entry(leaves.get(0), keys.get(0)), entry(leaves.get(1), keys.get(1))),
                policy);
        SignedRoster signed =
                new SignedRoster(content, RosterCodec.encode(content), leaves.get(0), Octets.of(new byte[64]));
        roster = RosterCodec.encode(signed);
        Hash rosterHash = Sha256.hash(signed.encoded());
        EpochHeader header = new EpochHeader(group, 1, "bench", Optional.empty(), rosterHash, policy, policy, 0);
        EpochCommit body = new EpochCommit(header, key, leaves.get(0));
        commit = EpochCodec.encode(new SignedCommit(body, EpochCodec.encode(body), Octets.of(new byte[64])));
        epoch = new EpochFact(1, 0, KeySchedule.epochHash(EpochCodec.encode(header), key), rosterHash, content);
        index = SearchIndexComponent.withDefaults(
                rows, proxy(Groups.class, "group"), proxy(GroupHistory.class, "chain"));
        members = List.of(member(0, keys.get(0)), member(1, keys.get(1)));
    }

    private static RosterEntry entry(LeafId leaf, SigningKey key) {
        return new RosterEntry(
                leaf, key.verifyingKey().bytes(), Octets.of(new byte[32]), Set.of(), 0, Optional.empty());
    }

    private MemberIndex member(int i, SigningKey signing) {
        FactsTable facts = new FactsTable(History.FULL, List.of(epoch));
        return new MemberIndex(new MemberIndex.Setting(
                group,
                leaves.get(i),
                signing::sign,
                entropy,
                Instant::now,
                () -> facts,
                cohort -> Optional.of(new CohortKey(SecretBytes.copyOf(key.toByteArray()))),
                new Direct(Caller.participant("bench", leaves.get(i))),
                id -> Optional.ofNullable(messages.get(id)),
                MemberRecords.inMemory(),
                Profile.standard(),
                false,
                SearchOptions.DEFAULT));
    }

    private <T> T proxy(Class<T> type, String method) {
        Object answer = method.equals("group")
                ? view()
                : new ChainPage(key, List.of(), List.of(roster), List.of(commit), List.of(), Optional.empty());
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, called, args) -> {
            if (!called.getName().equals(method)) {
                throw new UnsupportedOperationException(called.getName());
            }
            return answer;
        }));
    }

    private GroupView view() {
        Duration day = Duration.ofDays(1);
        Policy policy = new Policy(
                "bench",
                key,
                key,
                1,
                "bench",
                List.of("bench"),
                true,
                new Admission(List.of(), List.of(), List.of()),
                false,
                false,
                day,
                day,
                day,
                History.FULL,
                10,
                1000);
        return new GroupView(
                group,
                policy,
                "bench",
                true,
                "",
                0,
                epoch.rosterHash(),
                leaves,
                1,
                Optional.of(epoch.epochHash()),
                GroupView.State.ACTIVE,
                "",
                0,
                0,
                0,
                Instant.now());
    }

    long octets() {
        return index.indexStatus(Caller.participant("bench", leaves.get(0)), group)
                .octets();
    }

    long segments() {
        return index.indexStatus(Caller.participant("bench", leaves.get(0)), group)
                .live();
    }

    /** Calls instead of requests. */
    private final class Direct implements RemoteIndex {

        private final Caller caller;

        Direct(Caller caller) {
            this.caller = caller;
        }

        @Override
        public List<Octets> log(long after, int limit) {
            return index.log(caller, group, after, limit);
        }

        @Override
        public IndexAnswer search(IndexQuery query) {
            return index.search(caller, group, query);
        }

        @Override
        public Optional<Octets> directory(Octets segment, int offset) {
            return index.directory(caller, group, segment, offset);
        }

        @Override
        public void publish(SegmentFile segment, long fence) {
            index.publish(caller, group, segment.encode(), fence);
        }

        @Override
        public void stage(SegmentPart part) {
            index.stage(caller, group, part);
        }

        @Override
        public void commit(Octets entry, long fence) {
            index.commit(caller, group, entry, fence);
        }

        @Override
        public void append(Octets entry) {
            index.append(caller, group, entry);
        }

        @Override
        public Optional<IndexLease> lease(int level, long fence) {
            return index.lease(caller, group, level, fence);
        }
    }
}
