// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
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
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.crypto.search.RingSeal;
import org.sekisho.searchindex.protocol.ChainFacts.EpochFact;
import org.sekisho.searchindex.protocol.FactsTable;
import org.sekisho.searchindex.protocol.Keyring;
import org.sekisho.searchindex.protocol.MessageSource;
import org.sekisho.searchindex.protocol.SearchOptions;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Profile;
import org.sekisho.testkit.store.MemoryRowStore;

/** A group with members, epochs and a gateway's index, all in memory; who is a member has what the schemes would give it. */
final class TestGroup {

    final GroupId id;
    final History history;
    final Random random;
    final Entropy entropy;
    final RowStore rows;
    final Map<String, TestMember> members = new HashMap<>();
    final Map<Octets, Document> messages = new HashMap<>();
    final GatewayIndex index;
    final GatewayWriting writing;
    final Sweep sweep;
    private final List<EpochFact> epochs = new ArrayList<>();
    private final List<Octets> commits = new ArrayList<>();
    private final List<Octets> rosters = new ArrayList<>();
    private final Map<Long, Octets> exporters = new HashMap<>();
    FactsTable facts;
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    final Warm warm = new Warm(1 << 16);
    Optional<MessageSource> source = Optional.empty();
    Profile profile = Profile.standard();
    SearchOptions options = SearchOptions.DEFAULT;
    UnaryOperator<RemoteGateway> between = UnaryOperator.identity();

    TestGroup(History history, long seed, String... names) {
        this(new MemoryRowStore(), history, seed, names);
    }

    TestGroup(RowStore rows, History history, long seed, String... names) {
        this.rows = rows;
        this.history = history;
        this.random = new Random(seed);
        this.entropy = random::nextBytes;
        this.id = new GroupId(Octets.of(entropy.next(16)));
        this.index = gateway(rows);
        this.writing = writing(rows);
        this.sweep = new Sweep(rows, () -> now);
        for (String name : names) {
            members.put(name, new TestMember(this, name, SigningKey.generate(entropy)));
        }
        next(members.values().stream().toList());
    }

    GatewayIndex gateway(RowStore store) {
        return new GatewayIndex(store, new GroupFacts(groups(), chains()), () -> now, new LeakageMeter(), warm);
    }

    GatewayWriting writing(RowStore store) {
        return new GatewayWriting(store, new GroupFacts(groups(), chains()), () -> now);
    }

    TestMember member(String name) {
        return members.get(name);
    }

    TestMember add(String name) {
        TestMember member = new TestMember(this, name, SigningKey.generate(entropy));
        members.put(name, member);
        next(members.values().stream().toList());
        member.receiveRing(anyOther(member));
        return member;
    }

    /** The removed one, with all it ever had. */
    TestMember remove(String name) {
        TestMember gone = members.remove(name);
        next(members.values().stream().toList());
        return gone;
    }

    void renew() {
        next(members.values().stream().toList());
    }

    private TestMember anyOther(TestMember not) {
        return members.values().stream().filter(m -> m != not).findFirst().orElseThrow();
    }

    private void next(List<TestMember> now) {
        List<RosterEntry> entries = now.stream()
                .map(m -> new RosterEntry(
                        m.leaf,
                        m.key.verifyingKey().bytes(),
                        Octets.of(new byte[32]),
                        m.name.equals("owner") ? Set.of(Right.ADMIN) : Set.<Right>of(),
                        0,
                        Optional.empty()))
                .sorted(Comparator.comparing(RosterEntry::leaf))
                .toList();
        Optional<EpochFact> before = epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
        Roster roster = new Roster(
                id, epochs.size(), before.map(EpochFact::rosterHash), entries, Sha256.hash(Octets.utf8("policy")));
        SignedRoster signed =
                new SignedRoster(roster, RosterCodec.encode(roster), now.get(0).leaf, Octets.of(new byte[64]));
        rosters.add(RosterCodec.encode(signed));
        Hash rosterHash = Sha256.hash(signed.encoded());
        boolean grows = before.filter(b -> !b.roster().removedBy(roster).isEmpty()
                        || history == History.FROM_JOIN
                                && !b.roster().addedBy(roster).isEmpty())
                .isPresent();
        long cohort = before.map(EpochFact::cohort).orElse(0L) + (grows ? 1 : 0);
        long number = epochs.size() + 1L;
        EpochHeader header = new EpochHeader(
                id,
                number,
                "test",
                before.map(EpochFact::epochHash),
                rosterHash,
                roster.policyHash(),
                Sha256.hash(Octets.utf8("t")),
                cohort);
        EpochCommit commit = new EpochCommit(header, Octets.of(entropy.next(32)), now.get(0).leaf);
        commits.add(EpochCodec.encode(new SignedCommit(commit, EpochCodec.encode(commit), Octets.of(new byte[64]))));
        Hash epochHash = KeySchedule.epochHash(EpochCodec.encode(header), commit.confirmTag());
        epochs.add(new EpochFact(number, cohort, epochHash, rosterHash, roster));
        facts = new FactsTable(history, epochs);
        exporters.put(number, Octets.of(entropy.next(32)));
        if (before.isEmpty() || grows) {
            now.forEach(m -> enter(m.keyring, number, cohort));
        }
    }

    ExporterSecret exporter(long epoch) {
        return new ExporterSecret(SecretBytes.copyOf(exporters.get(epoch).toByteArray()));
    }

    private void enter(Keyring ring, long epoch, long cohort) {
        try (ExporterSecret exporter = exporter(epoch);
                SecretBytes join = RingSeal.joinKey(exporter, id, cohort)) {
            CohortKey key = CohortKey.of(exporter, id, cohort);
            if (history == History.FROM_JOIN) {
                ring.add(cohort, key, join);
            } else {
                ring.add(cohort, key);
            }
        }
    }

    EpochFact current() {
        return facts.current().orElseThrow();
    }

    List<EpochFact> epochs() {
        return List.copyOf(epochs);
    }

    private Groups groups() {
        return (Groups) Proxy.newProxyInstance(
                Groups.class.getClassLoader(), new Class<?>[] {Groups.class}, (p, method, args) -> {
                    if (!method.getName().equals("group")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return view((Caller) args[0]);
                });
    }

    private GroupView view(Caller caller) {
        List<LeafId> leaves =
                current().roster().entries().stream().map(RosterEntry::leaf).toList();
        if (caller.leaf().isPresent() && !leaves.contains(caller.leaf().get())) {
            throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member of this group");
        }
        Octets key = Octets.of(new byte[32]);
        Policy policy = new Policy(
                "t",
                key,
                key,
                1,
                "test",
                List.of("test"),
                true,
                new Admission(List.of(), List.of(), List.of()),
                false,
                false,
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                history,
                100,
                1000);
        return new GroupView(
                id,
                policy,
                "test",
                true,
                "",
                0,
                current().rosterHash(),
                leaves,
                current().epoch(),
                Optional.of(current().epochHash()),
                GroupView.State.ACTIVE,
                "",
                0,
                0,
                0,
                now);
    }

    private GroupHistory chains() {
        return (GroupHistory) Proxy.newProxyInstance(
                GroupHistory.class.getClassLoader(), new Class<?>[] {GroupHistory.class}, (p, method, args) -> {
                    if (!method.getName().equals("chain")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return new ChainPage(
                            Octets.of(new byte[16]), List.of(), rosters, commits, List.of(), Optional.empty());
                });
    }
}
