// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Right;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.codec.group.PolicyCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.membership.Joiner;
import org.sekisho.membership.Rosters;
import org.sekisho.testkit.scheme.Node;

/** A server, members, an ordered log and mailboxes: just enough of a host to run the reducers against each other. */
final class World implements Node.Surroundings {

    /** One entry of the log, or of a mailbox. */
    record Sent(Party from, Party to, String type, Octets body, Map<LeafId, Octets> slices, SignedCommit commit) {}

    final GroupId group;
    Octets nonce = Octets.of(new byte[16]);
    final Policy policy;
    final Node server;
    final Map<LeafId, Node> members = new LinkedHashMap<>();
    final List<Sent> log = new ArrayList<>();
    final List<Sent> mail = new ArrayList<>();
    final List<Sent> everything = new ArrayList<>();
    Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final SignedRoster genesis;

    World() {
        this(policy(false, History.FROM_JOIN, true));
    }

    World(Policy policy) {
        this.policy = policy;
        this.group = GroupId.of(Sha256.hashArray("group").value().slice(0, 16).toByteArray());
        this.server = new Node(this, new TwoRandomScheme(), Optional.empty(), "server");
        Node founder = node(0);
        this.genesis = genesis(founder);
        server.committed = genesis;
        founder.committed = genesis;
        members.put(founder.id(), founder);
        founder.create(Octets.EMPTY);
        server.create(Octets.EMPTY);
    }

    static Policy policy(boolean defer, History history, boolean passOn) {
        return policy(defer, history, passOn, Admission.everybody());
    }

    static Policy policy(Admission admission) {
        return policy(false, History.FROM_JOIN, true, admission);
    }

    private static Policy policy(boolean defer, History history, boolean passOn, Admission admission) {
        return new Policy(
                "test",
                Octets.of(new byte[32]),
                Octets.of(new byte[32]),
                1,
                "two-random",
                List.of("two-random"),
                true,
                admission,
                passOn,
                defer,
                Duration.ofDays(30),
                Duration.ofHours(1),
                Duration.ofDays(1),
                history,
                10_000,
                1 << 20);
    }

    Node node(int i) {
        return new Node(this, new TwoRandomScheme(), Optional.of(Identities.leaf(i)), "member " + i);
    }

    private SignedRoster genesis(Node founder) {
        RosterEntry entry = entry(founder, EnumSet.allOf(Right.class), 0);
        Hash policyHash = Sha256.hash(PolicyCodec.encode(policy));
        return sign(founder, new Roster(group, 0, Optional.empty(), List.of(entry), policyHash));
    }

    static RosterEntry entry(Node node, java.util.Set<Right> rights, long joined) {
        return new RosterEntry(
                node.id(),
                node.idKey.verifyingKey().bytes(),
                node.hpkeKey.publicKey().bytes(),
                rights,
                joined,
                Optional.empty());
    }

    static SignedRoster sign(Node signer, Roster roster) {
        Octets encoded = RosterCodec.encode(roster);
        return new SignedRoster(roster, encoded, signer.id(), signer.idKey.sign("roster", encoded));
    }

    Node founder() {
        return members.values().iterator().next();
    }

    // what a host does with effects

    @Override
    public GroupId group() {
        return group;
    }

    @Override
    public Octets groupNonce() {
        return nonce;
    }

    @Override
    public Policy policy() {
        return policy;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void perform(Node node, Effect effect) {
        if (effect instanceof Effect.Send send) {
            var sent = new Sent(node.party(), send.to(), send.type(), send.body(), send.slices(), null);
            everything.add(sent);
            outbox.add(sent);
        } else if (effect instanceof Effect.SetTimer timer) {
            node.timers.put(timer.name(), now.plus(timer.after()));
        } else if (effect instanceof Effect.CancelTimer timer) {
            node.timers.remove(timer.name());
        } else if (effect instanceof Effect.AdoptRoster adopt) {
            adopt(node, adopt.roster());
        } else if (effect instanceof Effect.OpenEpoch opened) {
            node.open = Optional.of(opened.header());
        } else if (effect instanceof Effect.EpochReady ready) {
            node.ready.put(ready.header(), ready.schemeSecret());
            late(node, ready);
        } else if (effect instanceof Effect.Commit commit) {
            SecretBytes secret = node.ready.get(commit.header());
            var unsigned = new EpochCommit(commit.header(), node.confirmTag(commit.header(), secret), node.id());
            Octets encoded = EpochCodec.encode(unsigned);
            var signed = new SignedCommit(unsigned, encoded, node.sign("epoch commit", encoded));
            outbox.add(new Sent(node.party(), Party.EVERYONE, "host/commit", encoded, Map.of(), signed));
        } else if (effect instanceof Effect.Notice notice) {
            node.notices.add(notice);
        }
    }

    final List<Sent> outbox = new ArrayList<>();
    boolean holdRn1;

    private static void adopt(Node node, SignedRoster roster) {
        SignedRoster link = node.proposal.orElse(node.committed);
        assertThat(roster.roster().seq()).isEqualTo(link.roster().seq() + 1);
        assertThat(roster.roster().previous()).contains(Rosters.hash(link));
        assertThat(node.committed.roster().contains(roster.signer())).isTrue();
        node.proposal = Optional.of(roster);
        node.waiting.add(new Event.RosterAdopted(roster));
    }

    /** Delivers until nothing moves any more. Time stands still. */
    World settle() {
        boolean moved = true;
        while (moved) {
            moved = !outbox.isEmpty();
            while (!outbox.isEmpty()) {
                route(outbox.remove(0));
            }
            for (Node node : List.copyOf(members.values())) {
                moved |= node.online && pull(node);
            }
            moved |= mail.removeIf(this::deliver);
        }
        return this;
    }

    /** Lets time pass, firing timers in their order. */
    World run(Duration duration) {
        settle();
        Instant end = now.plus(duration);
        while (true) {
            List<Node> all = new ArrayList<>(members.values());
            all.add(server);
            Optional<Node> next =
                    all.stream().filter(n -> n.online && !n.timers.isEmpty()).min(Comparator.comparing(World::due));
            if (next.isEmpty() || due(next.get()).isAfter(end)) {
                now = end;
                return settle();
            }
            Instant due = due(next.get());
            now = due.isAfter(now) ? due : now;
            fire(next.get());
            settle();
        }
    }

    private static Instant due(Node node) {
        return node.timers.values().stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    private static void fire(Node node) {
        String name = node.timers.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        node.timers.remove(name);
        node.handle(new Event.Timer(name));
    }

    private void route(Sent sent) {
        if (sent.commit() != null) {
            commit(sent);
        } else if (sent.from() instanceof Party.Server) {
            log.add(sent);
        } else if (sent.to() instanceof Party.Member) {
            mail.add(sent);
        } else {
            toServer(sent);
        }
    }

    /** A message to the server or to everyone: in the log only when the server took it. */
    void toServer(Sent sent) {
        int at = log.size();
        Optional<Step.Refuse> refused =
                server.handle(new Event.Message(sent.from(), sent.type(), sent.body(), Optional.empty()));
        if (refused.isPresent()) {
            Node sender = members.get(((Party.Member) sent.from()).leaf());
            sender.handle(
                    new Event.Refused(sent.type(), sent.body(), refused.get().code()));
        } else if (sent.to() instanceof Party.Everyone) {
            log.add(at, sent);
        }
    }

    private void commit(Sent sent) {
        EpochCommit commit = sent.commit().commit();
        if (server.open.filter(commit.header()::equals).isPresent()) {
            server.open = Optional.empty();
            log.add(sent);
            enter(server, sent.commit());
        }
    }

    private static void enter(Node node, SignedCommit signed) {
        EpochCommit commit = signed.commit();
        Hash epochHash = KeySchedule.epochHash(EpochCodec.encode(commit.header()), commit.confirmTag());
        node.epoch = Optional.of(new EpochView(commit.header(), epochHash));
        if (node.proposal
                .filter(p -> Rosters.hash(p).equals(commit.header().rosterHash()))
                .isPresent()) {
            node.committed = node.proposal.orElseThrow();
            node.proposal = Optional.empty();
        }
        node.handle(new Event.CommitAccepted(signed));
    }

    private boolean pull(Node node) {
        if (node.cursor >= log.size()) {
            return false;
        }
        Sent sent = log.get(node.cursor++);
        if (sent.commit() != null) {
            if (!left(node, sent.commit()) && !take(node, sent.commit()) && !follow(node, sent.commit())) {
                node.complaints.add(
                        "unknown epoch " + sent.commit().commit().header().epoch());
            }
        } else {
            Optional<Octets> slice = Optional.ofNullable(sent.slices().get(node.id()));
            node.handle(new Event.Message(sent.from(), sent.type(), sent.body(), slice));
        }
        return true;
    }

    /** A member that an epoch is without: its instance ends. */
    private boolean left(Node node, SignedCommit signed) {
        boolean left = node.committed.roster().contains(node.id())
                && node.proposal
                        .filter(p ->
                                Rosters.hash(p).equals(signed.commit().header().rosterHash()))
                        .filter(p -> !p.roster().contains(node.id()))
                        .isPresent();
        if (left) {
            node.handle(new Event.Abort("removed"));
            members.remove(node.id());
        }
        return left;
    }

    /** A leaf that has no key of this group yet follows the chain by signatures alone. */
    private static boolean follow(Node node, SignedCommit signed) {
        boolean newcomer = node.secrets.isEmpty();
        if (newcomer) {
            node.followed.put(signed.commit().header(), signed);
            enter(node, signed);
        }
        return newcomer;
    }

    /** The key of an epoch whose commit was followed before. */
    private static void late(Node node, Effect.EpochReady ready) {
        SignedCommit commit = node.followed.get(ready.header());
        if (commit != null) {
            assertThat(node.confirmTag(ready.header(), ready.schemeSecret()))
                    .isEqualTo(commit.commit().confirmTag());
            node.secrets.put(ready.header().epoch(), ready.schemeSecret());
        } else {
            assertThat(ready.header().epoch())
                    .isEqualTo(node.epoch.map(e -> e.header().epoch()).orElse(0L) + 1);
        }
    }

    private static boolean take(Node node, SignedCommit signed) {
        EpochCommit commit = signed.commit();
        SecretBytes secret = node.ready.get(commit.header());
        if (secret == null) {
            return false;
        }
        if (!node.confirmTag(commit.header(), secret).equals(commit.confirmTag())) {
            node.complaints.add("epoch " + commit.header().epoch());
            return true;
        }
        node.secrets.put(commit.header().epoch(), secret);
        enter(node, signed);
        return true;
    }

    private boolean deliver(Sent sent) {
        LeafId to = ((Party.Member) sent.to()).leaf();
        Node node = members.get(to);
        if (sent.type().equals(org.sekisho.membership.wire.MessageType.INVITE)) {
            invitations.add(sent.body());
            return true;
        }
        if (node == null || !node.online || holdRn1 && sent.type().equals(MessageType.RN1)) {
            return false;
        }
        node.handle(new Event.Message(sent.from(), sent.type(), sent.body(), Optional.empty()));
        return true;
    }

    /** Invitations that arrived, for tests to answer. */
    final List<Octets> invitations = new ArrayList<>();

    // what applications do

    static Optional<Step.Refuse> request(Node node, String name, Object... args) {
        return node.handle(new Event.Request(name, Cbor.encode(args)));
    }

    /** Inviter --> invitee: INVITE; the invitee's instance begins, at what the inviter sees now, and answers. */
    Node invite(Node inviter, int i, boolean canInvite) {
        Node invitee = node(i);
        assertThat(request(inviter, "invite", invitee.id(), canInvite, 3600)).isEmpty();
        settle();
        return accept(invitee, inviter, invitations.remove(0));
    }

    Node accept(Node invitee, Node inviter, Octets invitation) {
        assertThat(InvitationCodec.decode(invitation).invitee()).isEqualTo(invitee.id());
        assertThat(InvitationCodec.decode(invitation).inviter()).isEqualTo(inviter.id());
        // the verified chain, as the gateway has it now
        invitee.committed = server.committed;
        invitee.proposal = server.proposal;
        invitee.epoch = server.epoch;
        invitee.cursor = log.size();
        members.put(invitee.id(), invitee);
        invitee.create(Joiner.params(invitation, Identities.accept(invitee, invitation)));
        return invitee;
    }

    Node join(Node inviter, int i) {
        Node joined = invite(inviter, i, false);
        settle();
        return joined;
    }

    void remove(Node by, Node... nodes) {
        Object[] leaves = java.util.Arrays.stream(nodes).map(Node::id).toArray();
        assertThat(request(by, "remove", leaves)).isEmpty();
        settle();
    }

    static void assertAgree(Node... nodes) {
        for (Node node : nodes) {
            assertThat(node.epoch).isEqualTo(nodes[0].epoch);
            assertThat(node.secrets.lastEntry().getValue())
                    .isEqualTo(nodes[0].secrets.lastEntry().getValue());
            assertThat(node.complaints).isEmpty();
        }
    }

    static ErrorCode code(Optional<Step.Refuse> refused) {
        return refused.orElseThrow().code();
    }
}
