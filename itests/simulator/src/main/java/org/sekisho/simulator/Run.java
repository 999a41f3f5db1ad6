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
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.LogEntry;
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

/** One run: a group founded, then random steps of everybody, then peace, then the invariants. */
public final class Run {

    private static final int PEACE_ROUNDS = 400;
    private static final Caller OPERATOR = Caller.user("operator", Set.of(Role.OPERATOR));

    private final long seed;
    private final Faults faults;
    private final int steps;
    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final SimGateway gateway;
    private final List<SimMember> members = new ArrayList<>();
    private final Post post;
    private final Ledger ledger;
    private final Set<String> acknowledged = new HashSet<>();
    private final GroupId group;
    private final Scratch scratch = new Scratch();
    private int texts;
    private int crashes;
    private int swaps;
    private int replays;
    private int joins;
    private int removals;

    /** {@code people} participants, 2 to 8, of whom the first founds the group. */
    public Run(long seed, Faults faults, int people, int steps) {
        this.seed = seed;
        this.faults = faults;
        this.steps = steps;
        this.random = new Random(seed);
        Entropy entropy = new SeededEntropy(seed ^ 0x5ec15e15L);
        this.gateway = new SimGateway(time, entropy);
        this.ledger = new Ledger(seed, faults.forgeries() > 0);
        for (int i = 0; i < people; i++) {
            Duration offset = Duration.ofSeconds(random.nextInt(60) - 30L);
            double drift = 1 + (random.nextDouble() - 0.5) / 50;
            members.add(new SimMember(i, time, entropy, offset, drift, scratch.resolve("member" + i)));
        }
        this.post = new Post(random, gateway, faults);
        this.group = members.get(0).host().found(policy());
    }

    private Policy policy() {
        return new Policy(
                "simulated",
                Identities.get(0).participant().idKey(),
                gateway.serverKey(),
                1,
                "two-random",
                List.of("two-random"),
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

    /** Runs, once; throws {@link Violation} when an invariant does not hold. */
    public Report run() {
        try (scratch) {
            return runToPeace();
        }
    }

    private Report runToPeace() {
        for (int i = 0; i < steps; i++) {
            time.pass(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 5_000 : 100)));
            step(i);
        }
        peace();
        return new Report(
                seed,
                view().epoch(),
                acknowledged.size(),
                ledger.receptions(),
                crashes,
                swaps,
                replays,
                joins,
                removals);
    }

    private GroupView view() {
        return gateway.host().group(OPERATOR, group);
    }

    private void step(int i) {
        double what = random.nextDouble();
        SimMember m = members.get(random.nextInt(members.size()));
        if ((what -= faults.crashes()) < 0) {
            crash(m);
        } else if ((what -= faults.swaps()) < 0) {
            swaps++;
            gateway.stopScheme();
        } else if ((what -= faults.cuts()) < 0) {
            m.cutOffUntil = i + random.nextInt(100);
        } else if ((what -= faults.replays()) < 0) {
            replays++;
            post.replay(members);
        } else if (i >= m.cutOffUntil) {
            ordinary(m);
        }
        if (random.nextInt(20) == 0) {
            gateway.startScheme();
        }
    }

    private void crash(SimMember m) {
        crashes++;
        switch (random.nextInt(3)) {
            case 0 -> gateway.restart();
            case 1 -> m.restart();
            default -> m.dieDuring(1 + random.nextInt(40), () -> ordinary(m));
        }
        if (random.nextInt(2) == 0) {
            gateway.restart();
        }
    }

    private void ordinary(SimMember m) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> sync(m);
            case 3, 4 -> send(m);
            case 5 -> m.host().tick();
            case 6, 7 -> gateway.host().tick();
            case 8 -> anyKeyed().ifPresent(this::change);
            default -> {
                sync(m);
                m.host().tick();
            }
        }
    }

    /** What an SDK does all the time: send what waits, take mail, take the log, hand over what was read. */
    private void sync(SimMember m) {
        mail(m);
        if (!m.host().groups().contains(group)) {
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
            m.host().catchUp(group, gateway.host().chain(SimGateway.caller(m.leaf()), group));
        } catch (SekishoException notYet) {
            // the gateway does not show the chain to a stranger, or a lying one shows another: tried again at the next
            // sync
        }
    }

    private void mail(SimMember m) {
        if (post.lost()) {
            return;
        }
        var mailbox = gateway.host().mailbox();
        for (LogEntry entry : mailbox.read(SimGateway.caller(m.leaf()), m.host().mailCursor(), 10)) {
            Optional<Octets> key = m.host().stranger(entry).map(Run::idKey);
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
            var chain = gateway.host().chain(SimGateway.caller(m.leaf()), group);
            m.host().join(pending.hash(), chain, Joiner.params(invitation, acceptance));
            joins++;
        } catch (SekishoException refused) {
            m.host().ignore(pending.hash());
        }
    }

    private void send(SimMember m) {
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
            gateway.host().post(SimGateway.caller(m.leaf()), group, sealed);
            acknowledged.add(text);
        } catch (SekishoException refused) {
            // not acknowledged: it may be read or not
        }
    }

    private Optional<MemberView> keyed(SimMember m) {
        if (!m.host().groups().contains(group)) {
            return Optional.empty();
        }
        return Optional.of(m.host().view(group)).filter(v -> v.status() == MemberStatus.MEMBER && v.keyed());
    }

    private Optional<SimMember> anyKeyed() {
        List<SimMember> able =
                members.stream().filter(m -> keyed(m).isPresent()).toList();
        return able.isEmpty() ? Optional.empty() : Optional.of(able.get(random.nextInt(able.size())));
    }

    private void change(SimMember m) {
        SimMember other = members.get(random.nextInt(members.size()));
        try {
            switch (random.nextInt(6)) {
                case 0, 1, 2 ->
                    m.host().request(group, "invite", Cbor.encode(other.leaf(), random.nextBoolean(), 3600));
                case 3 -> m.host().request(group, "remove", Cbor.encode(other.leaf()));
                case 4 -> m.host().request(group, "renew", Cbor.encode());
                default -> {
                    if (m.index > 0) {
                        m.host().request(group, "leave", Cbor.encode());
                    }
                }
            }
        } catch (SekishoException notAllowed) {
            // no right to, or not now: the steps are random
        }
    }

    private void observe(SimMember m) {
        for (Delivery delivery : m.host().deliveries(group, 500)) {
            if (delivery.event() instanceof MemberEvent.Message message) {
                ledger.received(m.leaf(), message.n(), message.plaintext().asUtf8());
            } else if (delivery.event() instanceof MemberEvent.Removed) {
                removals++;
                ledger.left(m.leaf());
            } else if (delivery.event() instanceof MemberEvent.Alarm alarm && faults.forgeries() == 0) {
                throw ledger.violation("alarm without a cause: " + alarm.kind());
            }
            m.host().delivered(group, List.of(delivery));
        }
        keyed(m).ifPresent(view -> {
            try (SecretBytes secret = m.host().export(group, view.epoch(), "app/check", Cbor.encode(), 16)) {
                ledger.keyed(m.leaf(), view.epoch(), view.epochHash().orElseThrow(), secret.use(Octets::of));
            }
        });
    }

    /** Nothing fails any more: all must come to one epoch, and what was acknowledged must arrive. */
    private void peace() {
        post.heal();
        gateway.startScheme();
        for (int round = 0; round < PEACE_ROUNDS; round++) {
            time.pass(Duration.ofMillis(500));
            gateway.host().tick();
            for (SimMember m : members) {
                m.host().tick();
                sync(m);
            }
            if (round > 4 && converged()) {
                ledger.allReceived(new HashSet<>(view().members()), acknowledged);
                return;
            }
        }
        if (faults.forgeries() == 0) {
            throw ledger.violation("no common epoch after " + PEACE_ROUNDS + " quiet rounds: " + state());
        }
    }

    private boolean converged() {
        GroupView v = view();
        return v.epoch() > 0
                && members.stream().filter(m -> v.members().contains(m.leaf())).allMatch(m -> keyed(m).filter(
                                k -> k.epochHash().equals(v.epochHash())
                                        && k.cursor() == v.head()
                                        && m.host().outbox(group, 1).isEmpty())
                        .isPresent());
    }

    private String state() {
        StringBuilder s = new StringBuilder("gateway " + view());
        for (SimMember m : members) {
            s.append("\n  ").append(m.leaf().toString(), 0, 8).append(' ');
            s.append(m.host().groups().contains(group) ? m.host().view(group) : "no group");
        }
        return s.toString();
    }
}
