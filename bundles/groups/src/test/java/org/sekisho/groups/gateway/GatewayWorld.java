// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.message.MessageFrame;
import org.sekisho.groups.chain.Actor;
import org.sekisho.groups.chain.ChainCheck;
import org.sekisho.groups.chain.Founding;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.VerifiedChain;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.KeyedStateSealer;
import org.sekisho.groups.engine.SchemeRegistry;
import org.sekisho.testkit.store.MemoryRowStore;

/** A gateway in memory and some people around it. */
final class GatewayWorld {

    static final Caller OPERATOR = Caller.user("op", java.util.Set.of(Role.OPERATOR));

    final Actor server = new Actor(100);
    final Actor alice = new Actor(1);
    final Actor bob = new Actor(2);
    final Actor carol = new Actor(3);
    final RowStore rows;
    final ToyScheme scheme = new ToyScheme();
    final SchemeRegistry schemes = new SchemeRegistry(scheme);
    final AtomicLong lived = new AtomicLong(1_000_000);
    final Map<LeafId, Participant> directory = new HashMap<>();
    final List<String> audited = new ArrayList<>();
    Quotas quotas = Quotas.DEFAULTS;
    private final Random random = new Random(42);
    GatewayHost host;
    GroupId group;

    GatewayWorld() {
        this(new MemoryRowStore());
    }

    GatewayWorld(RowStore rows) {
        this.rows = rows;
        List.of(alice, bob, carol).forEach(this::enrol);
        restart();
    }

    void enrol(Actor a) {
        directory.put(
                a.leaf,
                new Participant(
                        a.leaf,
                        "CN=" + a.leaf.toString().substring(0, 6) + ",O=Example",
                        a.idKey(),
                        a.hpkeKey,
                        Octets.EMPTY,
                        Hash.of(new byte[32]),
                        Hash.of(new byte[32]),
                        Octets.EMPTY,
                        Optional.empty(),
                        List.of(),
                        "",
                        Instant.EPOCH,
                        Instant.MAX,
                        Optional.empty()));
    }

    /** A new process on the same rows. */
    void restart() {
        GatewayIdentity identity = new GatewayIdentity() {
            @Override
            public Octets serverKey() {
                return server.idKey();
            }

            @Override
            public Octets sign(String label, Octets bytes) {
                return server.key.sign(label, bytes);
            }
        };
        AuditTrail audit = (tx, entry) -> {
            audited.add(entry.action());
            long n = tx.count(Table.AUDIT, Octets.EMPTY);
            tx.put(Table.AUDIT, Octets.ofLong(n + 1), Octets.utf8(entry.toString()));
        };
        HostClock clock = new HostClock() {
            @Override
            public Instant now() {
                return Instant.ofEpochMilli(1_790_000_000_000L + lived.get());
            }

            @Override
            public long lived() {
                return lived.get();
            }
        };
        host = new GatewayHost(new GatewayHost.Ground(
                rows,
                schemes,
                new KeyedStateSealer(SecretBytes.take(new byte[32]), random::nextBytes),
                identity,
                leaf -> Optional.ofNullable(directory.get(leaf)),
                audit,
                clock,
                random::nextBytes,
                quotas));
        host.rebuild();
    }

    static Caller caller(Actor actor) {
        return Caller.participant("CN=x", actor.leaf);
    }

    Genesis genesis(History history) {
        return genesis(Founding.policy(alice, server.idKey(), 1, history));
    }

    Genesis genesis(Policy policy) {
        return Founding.genesis(alice, policy);
    }

    /** Alice founds a group. */
    GatewayWorld founded() {
        return founded(History.FULL);
    }

    GatewayWorld founded(History history) {
        Genesis genesis = genesis(history);
        group = GroupHashes.groupId(genesis);
        host.create(caller(alice), GenesisCodec.encode(genesis));
        return this;
    }

    /** Alice's group with a first epoch, and then Bob and Carol in the second. */
    GatewayWorld three() {
        return three(History.FULL);
    }

    GatewayWorld three(History history) {
        founded(history);
        submit(alice, "toy/open", Octets.EMPTY);
        commit(alice);
        propose(alice, alice.entry(1, Right.values()), bob.entry(2), carol.entry(2, Right.INVITE));
        commit(bob);
        return this;
    }

    Receipt submit(Actor from, String type, Octets body) {
        return host.submit(caller(from), group, from.send(group, Party.EVERYONE, type, body));
    }

    Receipt note(Actor from, String text) {
        return submit(from, "toy/note", Octets.utf8(text));
    }

    VerifiedChain chain() {
        return ChainCheck.verify(group, GroupChain.of(page -> host.chain(caller(alice), group, page)));
    }

    GroupChain rawChain() {
        return GroupChain.of(page -> host.chain(caller(alice), group, page));
    }

    SignedRoster link() {
        VerifiedChain chain = chain();
        return chain.proposal().orElse(chain.committed());
    }

    SignedRoster propose(Actor signer, RosterEntry... entries) {
        SignedRoster roster = signer.sign(Founding.after(link(), entries));
        submit(signer, "toy/notify", RosterCodec.encode(roster));
        return roster;
    }

    EpochHeader header() {
        VerifiedChain chain = chain();
        SignedRoster next = link();
        long cohort = org.sekisho.groups.chain.EpochCheck.cohort(
                chain.epoch(),
                chain.committed().roster(),
                next.roster(),
                chain.policy().history());
        EpochHeader bare = Founding.header(chain.epoch(), next, cohort);
        return new EpochHeader(
                bare.group(),
                bare.epoch(),
                bare.schemeId(),
                bare.previous(),
                bare.rosterHash(),
                bare.policyHash(),
                bare.rosterHash(),
                bare.cohort());
    }

    Receipt commit(Actor sponsor) {
        return commit(sponsor, header());
    }

    Receipt commit(Actor sponsor, EpochHeader header) {
        SignedCommit commit = sponsor.commit(header, Octets.of(new byte[32]));
        return submit(sponsor, "host/commit", EpochCodec.encode(commit));
    }

    /** Opens and commits a header of another scheme than the one that runs. */
    Receipt commitOf(String schemeId) {
        EpochHeader own = header();
        submit(alice, "toy/open", Octets.EMPTY);
        EpochHeader other = new EpochHeader(
                own.group(),
                own.epoch(),
                schemeId,
                own.previous(),
                own.rosterHash(),
                own.policyHash(),
                own.transcriptHash(),
                own.cohort());
        return commit(alice, other);
    }

    /** A sealed message as far as a gateway can see. */
    Octets sealed(Actor from, String content) {
        var epoch = chain().epoch().orElseThrow();
        return sealed(from, epoch.header().epoch(), epoch.epochHash(), content);
    }

    Octets sealed(Actor from, long epoch, Hash epochHash, String content) {
        return new MessageFrame(
                        epoch,
                        epochHash.value().slice(0, 16),
                        from.leaf,
                        Octets.of(new byte[16]),
                        1,
                        "text/plain",
                        Octets.utf8(content))
                .encode();
    }

    Receipt post(Actor from, String content) {
        return host.post(caller(from), group, sealed(from, content));
    }

    List<LogEntry> read(Actor reader) {
        return host.read(caller(reader), group, 0, 500);
    }

    /** Types of the envelopes a reader sees, "message" for messages. */
    List<String> types(Actor reader) {
        return read(reader).stream()
                .map(e -> e.kind() == LogEntry.Kind.MESSAGE
                        ? "message"
                        : EnvelopeCodec.decodeSigned(e.bytes()).envelope().type())
                .toList();
    }

    String told() {
        return host.inspect(OPERATOR, group).get("told");
    }
}
