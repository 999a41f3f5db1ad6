// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.groups.member.Delivery;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberIdentity;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.MemberView;
import org.sekisho.groups.member.PendingInvitation;
import org.sekisho.membership.Joiner;

/** A gateway, participants and a group that the first of them has founded; and what an SDK does all the time. */
final class Scene implements AutoCloseable {

    private static final Duration SWITCH_WITHIN = Duration.ofMinutes(2);
    static final Caller OPERATOR = Caller.user("operator", Set.of(Role.OPERATOR));

    final long seed;
    final Faults faults;
    final Random random;
    final VirtualTime time = new VirtualTime();
    final SimGateway gateway;
    final List<SimMember> members = new ArrayList<>();
    final Post post;
    final Ledger ledger;
    final GroupId group;
    final Set<String> acknowledged = new HashSet<>();
    final List<SchemeUnderTest> schemes;
    private final Scratch scratch = new Scratch();
    private int texts;
    int joins;
    int removals;

    /** The first of {@code schemes} is the group's. {@code people}: 1 to 8. */
    Scene(long seed, List<SchemeUnderTest> schemes, Lens lens, Faults faults, int people) {
        this.seed = seed;
        this.schemes = List.copyOf(schemes);
        this.faults = faults;
        this.random = new Random(seed);
        Entropy entropy = new SeededEntropy(seed ^ 0x5ec15e15L);
        this.gateway = new SimGateway(time, entropy, schemes, lens);
        this.ledger = new Ledger(seed, faults.lies(), faults.splits());
        for (int i = 0; i < people; i++) {
            Duration offset = Duration.ofSeconds(random.nextInt(60) - 30L);
            double drift = 1 + (random.nextDouble() - 0.5) / 50;
            SimMember m = new SimMember(i, time, entropy, offset, drift, scratch.resolve("member" + i), schemes, lens);
            m.gateway = gateway;
            members.add(m);
        }
        this.post = new Post(random, faults);
        this.group = members.get(0).host().found(policy());
    }

    private Policy policy() {
        return new Policy(
                "simulated",
                Identities.get(0).participant().idKey(),
                gateway.serverKey(),
                1,
                schemes.get(0).id(),
                schemes.stream().map(SchemeUnderTest::id).toList(),
                true,
                Admission.everybody(),
                true,
                false,
                Duration.ofDays(30),
                Duration.ofSeconds(60),
                Duration.ofDays(7),
                random.nextBoolean() ? History.FULL : History.FROM_JOIN,
                100,
                1 << 16);
    }

    /** Another group of the same founder. */
    GroupId second() {
        return members.get(0).host().found(policy());
    }

    GroupView view() {
        return gateway.host().group(OPERATOR, group);
    }

    boolean knows(SimMember m) {
        return m.host().groups().contains(group);
    }

    /** What an SDK does all the time: send what waits, take mail, take the log, hand over what was read. */
    void sync(SimMember m) {
        mail(m);
        if (!knows(m)) {
            return;
        }
        post.push(m, group);
        if (m.host().view(group).status() == MemberStatus.JOINING) {
            catchUp(m);
        }
        if (!post.lost()) {
            m.host().take(group, post.page(m, group));
        }
        observe(m);
        post.push(m, group);
    }

    private void catchUp(SimMember m) {
        try {
            m.host().catchUp(group, GroupChain.of(page -> m.gateway
                    .host()
                    .chain(SimGateway.caller(m.leaf()), group, page)));
        } catch (SekishoException notYet) {
            // the gateway does not show the chain to a stranger, or a lying one shows another: tried again at the next
            // sync
        }
    }

    private void mail(SimMember m) {
        if (post.lost()) {
            return;
        }
        for (LogEntry entry : post.mail(m)) {
            Optional<Octets> key = m.host().stranger(entry).map(Scene::idKey);
            m.host().takeMail(entry, key);
        }
        for (PendingInvitation invitation : m.host().invitations()) {
            accept(m, invitation);
        }
    }

    private static Octets idKey(LeafId leaf) {
        for (int i = 0; i < Identities.COUNT; i++) {
            if (Identities.get(i).identity().leaf().equals(leaf)) {
                return Identities.get(i).participant().idKey();
            }
        }
        return Octets.EMPTY;
    }

    private void accept(SimMember m, PendingInvitation pending) {
        MemberIdentity me = Identities.get(m.index).identity();
        Octets invitation = InvitationCodec.encode(pending.invitation());
        Octets acceptance = Joiner.accept(
                invitation,
                m.leaf(),
                me.signing().verifyingKey().bytes(),
                me.hpke().publicKey().bytes(),
                me.certificate(),
                me.binding(),
                List.of(Identities.issuer()));
        try {
            var chain = GroupChain.of(page -> m.gateway.host().chain(SimGateway.caller(m.leaf()), group, page));
            m.host().join(pending.hash(), chain, Joiner.params(invitation, acceptance));
            joins++;
        } catch (UnavailableException notNow) {
            // tried again at the next sync
            return;
        } catch (SekishoException refused) {
            m.host().ignore(pending.hash());
        }
    }

    /** Says something, if this member may. */
    void send(SimMember m) {
        Optional<MemberView> view = keyed(m);
        if (view.isEmpty() || post.lost()) {
            return;
        }
        String text = "message " + ++texts + " of run " + seed;
        Set<LeafId> readers = view.get().roster().roster().entries().stream()
                .map(RosterEntry::leaf)
                .collect(Collectors.toSet());
        try {
            Octets sealed = m.host().seal(group, "text/plain", Octets.utf8(text).toByteArray());
            ledger.sent(new Sent(text, m.leaf(), view.get().epoch(), readers));
            m.gateway.host().post(SimGateway.caller(m.leaf()), group, sealed);
            acknowledged.add(text);
        } catch (SekishoException refused) {
            // not acknowledged: it may be read or not
        }
    }

    /** What the member sees, if it can seal. */
    Optional<MemberView> keyed(SimMember m) {
        if (!knows(m)) {
            return Optional.empty();
        }
        return Optional.of(m.host().view(group)).filter(v -> v.status() == MemberStatus.MEMBER && v.keyed());
    }

    boolean request(SimMember m, String name, Octets args) {
        try {
            m.host().request(group, name, args);
            return true;
        } catch (SekishoException notAllowed) {
            // no right to, or not now
            return false;
        }
    }

    /** The scheme that the group runs now. */
    SchemeUnderTest scheme() {
        String id = view().schemeId();
        return schemes.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    }

    /** Orders the move to another scheme. */
    boolean switchTo(SimMember m, SchemeUnderTest other) {
        try {
            m.host().switchScheme(group, other.id(), Octets.EMPTY, SWITCH_WITHIN);
            return true;
        } catch (SekishoException notAllowed) {
            return false;
        }
    }

    boolean invite(SimMember inviter, SimMember other, boolean passOn) {
        return request(inviter, "invite", Cbor.encode(other.leaf(), passOn, 3600));
    }

    private void observe(SimMember m) {
        for (Delivery delivery : m.host().deliveries(group, 500)) {
            if (delivery.event() instanceof MemberEvent.Message message) {
                ledger.received(m.leaf(), message.n(), message.plaintext().asUtf8());
            } else if (delivery.event() instanceof MemberEvent.EpochActive active) {
                ledger.held(m.leaf(), active.epoch());
            } else if (delivery.event() instanceof MemberEvent.Removed) {
                removals++;
                ledger.left(m.leaf());
            } else if (delivery.event() instanceof MemberEvent.Alarm alarm) {
                m.alarms.add(alarm.kind());
                if (!faults.lies() && !faults.splits()) {
                    throw ledger.violation("alarm without a cause: " + alarm.kind());
                }
            }
            m.host().delivered(group, List.of(delivery));
        }
        keyed(m).ifPresent(view -> {
            try (SecretBytes secret = m.host().export(group, view.epoch(), "app/check", Cbor.encode(), 16)) {
                ledger.keyed(m.leaf(), view.epoch(), view.epochHash().orElseThrow(), secret.use(Octets::of));
            }
        });
    }

    /** A second of everybody's life, in half-second beats, nothing failing but what {@link Post} loses. */
    void beat() {
        time.pass(Duration.ofMillis(500));
        gateway.host().tick();
        for (SimMember m : members) {
            m.host().tick();
            sync(m);
        }
    }

    /** All members of the gateway's epoch have its key, have read everything and have nothing left to say. */
    boolean converged() {
        GroupView v = view();
        return v.epoch() > 0
                && members.stream().filter(m -> v.members().contains(m.leaf())).allMatch(m -> keyed(m).filter(
                                k -> k.epochHash().equals(v.epochHash())
                                        && k.cursor() == v.head()
                                        && m.host().outbox(group, 1).isEmpty())
                        .isPresent());
    }

    /** What was acknowledged must have arrived. */
    void allReceived() {
        boolean lateKeys = schemes.stream()
                .anyMatch(s -> s.bundle().get().descriptor().capabilities().contains(Capability.LATE_KEYS));
        ledger.allReceived(new HashSet<>(view().members()), acknowledged, lateKeys);
    }

    String state() {
        StringBuilder s = new StringBuilder("gateway " + view());
        for (SimMember m : members) {
            s.append("\n  ").append(m.leaf().toString(), 0, 8).append(' ');
            s.append(knows(m) ? m.host().view(group) : "no group");
        }
        return s.append("\n  ").append(gateway.host().inspect(OPERATOR, group)).toString();
    }

    @Override
    public void close() {
        scratch.close();
    }
}
