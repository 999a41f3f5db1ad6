// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.store.RowStore;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.groupmanagement.protocol.TwoRandomScheme;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.KeyedStateSealer;
import org.sekisho.groups.engine.SchemeRegistry;
import org.sekisho.groups.gateway.GatewayHost;
import org.sekisho.groups.member.Delivery;
import org.sekisho.groups.member.MemberEvent;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.MemberIdentity;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.MemberVault;
import org.sekisho.groups.member.Outgoing;
import org.sekisho.groups.member.PendingInvitation;
import org.sekisho.keyderivation.protocol.KeyDerivationScheme;
import org.sekisho.membership.Joiner;
import org.sekisho.testkit.store.MemoryRowStore;

/** A gateway and members in one thread, with a clock that is moved by hand. Octets are carried by {@link #settle}. */
final class World {

    private static final SystemEntropy ENTROPY = new SystemEntropy();
    private static final Instant BEGIN = Instant.parse("2026-11-21T09:00:00Z");

    final AtomicLong lived = new AtomicLong();
    final HostClock clock = new HostClock() {
        @Override
        public Instant now() {
            return BEGIN.plusMillis(lived.get());
        }

        @Override
        public long lived() {
            return lived.get();
        }
    };
    final People people = new People(BEGIN);
    final SigningKey serverKey = SigningKey.generate(ENTROPY);
    final Path directory;
    private final String scheme;

    /** Schemes at the gateway. */
    final SchemeRegistry schemes = schemes();

    private final GatewayHost.Ground ground;
    GatewayHost gateway;
    final Map<LeafId, Person> persons = new LinkedHashMap<>();
    /** What a gateway makes of the entries it hands out. */
    UnaryOperator<List<LogEntry>> shown = UnaryOperator.identity();

    World(Path directory) {
        this(directory, "two-random");
    }

    World(Path directory, String scheme) {
        this(directory, scheme, new MemoryRowStore());
    }

    /**
     * @param scheme that groups are founded with
     * @param rows of the gateway
     */
    World(Path directory, String scheme, RowStore rows) {
        this.scheme = scheme;
        this.directory = directory;
        GatewayIdentity identity = new GatewayIdentity() {
            @Override
            public Octets serverKey() {
                return serverKey.verifyingKey().bytes();
            }

            @Override
            public Octets sign(String label, Octets bytes) {
                return serverKey.sign(label, bytes);
            }
        };
        ground = new GatewayHost.Ground(
                rows,
                schemes,
                new KeyedStateSealer(SecretBytes.take(new byte[32]), ENTROPY),
                identity,
                people::find,
                (tx, entry) -> {},
                clock,
                ENTROPY);
        restart();
    }

    private static SchemeRegistry schemes() {
        return new SchemeRegistry(new TwoRandomScheme(), new KeyDerivationScheme(), new DealtScheme());
    }

    /** A new process of the gateway on the same store. */
    void restart() {
        gateway = new GatewayHost(ground);
        gateway.rebuild();
    }

    Person enrol(String name) {
        return enrol(name, new MemoryRowStore());
    }

    Person enrol(String name, RowStore rows) {
        var person = new Person(name, people.enrol(name), rows);
        persons.put(person.identity.leaf(), person);
        return person;
    }

    Policy policy(Person owner) {
        return policy(owner, Duration.ofHours(1), Duration.ofDays(1));
    }

    Policy policy(Person owner, Duration rn2, Duration maxStale) {
        return policy(owner, rn2, maxStale, scheme, List.of(scheme));
    }

    /** A group that may be moved to any scheme. */
    Policy movable(Person owner) {
        return policy(
                owner,
                Duration.ofHours(1),
                Duration.ofDays(1),
                scheme,
                List.of("two-random", DealtScheme.ID, "key-derivation"));
    }

    /** The same rules, with more schemes to move to. */
    Policy newer(Policy p, long version) {
        return new Policy(
                p.title(),
                p.ownerKey(),
                p.serverKey(),
                version,
                p.schemeId(),
                List.of("two-random", DealtScheme.ID, "key-derivation"),
                p.blindRequired(),
                p.admission(),
                p.passOnInvite(),
                p.deferRotation(),
                p.rn1Interval(),
                p.rn2Interval(),
                p.maxStale(),
                p.history(),
                p.maxMembers(),
                p.maxMessage());
    }

    private Policy policy(Person owner, Duration rn2, Duration maxStale, String first, List<String> allowed) {
        return new Policy(
                "team",
                owner.identity.signing().verifyingKey().bytes(),
                serverKey.verifyingKey().bytes(),
                1,
                first,
                allowed,
                true,
                Admission.everybody(),
                false,
                false,
                Duration.ofDays(30),
                rn2,
                maxStale,
                History.FROM_JOIN,
                100,
                65536);
    }

    /** Moves the clock and lets everybody act. */
    void pass(Duration time) {
        lived.addAndGet(time.toMillis());
        settle();
    }

    /** Carries octets until nothing moves any more. */
    void settle() {
        for (int round = 0; round < 1000; round++) {
            boolean moved = false;
            gateway.tick();
            for (Person person : List.copyOf(persons.values())) {
                moved |= person.turn();
            }
            if (!moved) {
                return;
            }
        }
        throw new AssertionError("the world does not come to rest");
    }

    /** One participant with its host and what its application was told. */
    final class Person {

        final String name;
        final MemberIdentity identity;
        final RowStore rows;
        final List<MemberEvent> told = new ArrayList<>();
        final List<Receipt> receipts = new ArrayList<>();
        boolean online = true;
        boolean accepting = true;
        /** Schemes at this person. */
        final SchemeRegistry schemes = schemes();

        MemberHost host;

        Person(String name, MemberIdentity identity, RowStore rows) {
            this.name = name;
            this.identity = identity;
            this.rows = rows;
            restart();
        }

        LeafId leaf() {
            return identity.leaf();
        }

        Caller caller() {
            return Caller.participant("CN=" + name, leaf());
        }

        ShredKeys epochKeys() {
            try {
                return ShredKeys.open(directory.resolve(leaf().toString()), ENTROPY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A new process on the same store; nothing of the old one is closed. */
        void restart() {
            var vault = new MemberVault(rows, SecretBytes.take(new byte[32]), epochKeys(), ENTROPY);
            host = new MemberHost(identity, vault, schemes, clock, ENTROPY);
        }

        GroupId found(Policy policy) {
            GroupId group = host.found(policy);
            settle();
            return group;
        }

        void invite(GroupId group, Person other) {
            host.request(group, "invite", Cbor.encode(other.leaf(), false, 3600L));
            settle();
        }

        void remove(GroupId group, Person other) {
            host.request(group, "remove", Cbor.encode(other.leaf()));
            settle();
        }

        void send(GroupId group, String text) {
            receipts.add(gateway.post(caller(), group, host.seal(group, "text/plain", text.getBytes())));
        }

        List<String> heard() {
            return told.stream()
                    .filter(MemberEvent.Message.class::isInstance)
                    .map(e -> ((MemberEvent.Message) e).plaintext().asUtf8())
                    .toList();
        }

        /** As {@link #heard}, but what was told again after a crash counts once. */
        List<String> heardOnce() {
            return told.stream()
                    .filter(MemberEvent.Message.class::isInstance)
                    .map(MemberEvent.Message.class::cast)
                    .collect(Collectors.toMap(
                            MemberEvent.Message::n, m -> m.plaintext().asUtf8(), (a, b) -> a, LinkedHashMap::new))
                    .values()
                    .stream()
                    .toList();
        }

        List<String> alarms() {
            return told.stream()
                    .filter(MemberEvent.Alarm.class::isInstance)
                    .map(e -> ((MemberEvent.Alarm) e).kind())
                    .toList();
        }

        /** Sends, receives, accepts and tells; true when anything moved. */
        boolean turn() {
            if (!online) {
                return false;
            }
            host.tick();
            boolean moved = deliver() | receiveMail() | accept();
            for (GroupId group : host.groups()) {
                moved |= receive(group);
                moved |= tell(group);
            }
            return moved;
        }

        private boolean deliver() {
            boolean moved = false;
            for (GroupId group : host.groups()) {
                for (Outgoing out : host.outbox(group, 100)) {
                    moved = true;
                    deliver(out);
                }
            }
            return moved;
        }

        private void deliver(Outgoing out) {
            Receipt.State state;
            try {
                state = send(out);
            } catch (SekishoException e) {
                if (e.code() == ErrorCode.STORAGE_UNAVAILABLE || e.code() == ErrorCode.OUTCOME_UNKNOWN) {
                    // says nothing about what was sent: the gateway died
                    throw e;
                }
                host.refused(out, e.code());
                return;
            }
            if (state == Receipt.State.QUEUED) {
                host.queued(out);
            } else {
                host.sent(out);
            }
        }

        Receipt.State send(Outgoing out) {
            return switch (out.way()) {
                case FOUND -> {
                    gateway.create(caller(), out.bytes());
                    yield Receipt.State.DONE;
                }
                case GROUP -> gateway.submit(caller(), out.group(), out.bytes()).state();
                case MAIL ->
                    gateway.mailbox()
                            .send(caller(), out.to().orElseThrow(), out.bytes())
                            .state();
            };
        }

        boolean receiveMail() {
            List<LogEntry> mail = gateway.mailbox().read(caller(), host.mailCursor(), 100);
            for (LogEntry entry : mail) {
                Optional<Octets> key =
                        host.stranger(entry).flatMap(people::find).map(Participant::idKey);
                host.takeMail(entry, key);
            }
            return !mail.isEmpty();
        }

        private boolean accept() {
            boolean moved = false;
            for (PendingInvitation pending : accepting ? host.invitations() : List.<PendingInvitation>of()) {
                join(pending);
                moved = true;
            }
            return moved;
        }

        void join(PendingInvitation pending) {
            Octets encoded = InvitationCodec.encode(pending.invitation());
            Octets acceptance = Joiner.accept(
                    encoded,
                    leaf(),
                    identity.signing().verifyingKey().bytes(),
                    identity.hpke().publicKey().bytes(),
                    identity.certificate(),
                    identity.binding(),
                    List.of(Certificates.encoded(people.root())));
            host.join(
                    pending.hash(),
                    GroupChain.of(
                            page -> gateway.chain(caller(), pending.invitation().group(), page)),
                    Joiner.params(encoded, acceptance));
        }

        boolean receive(GroupId group) {
            try {
                if (host.view(group).status() == MemberStatus.JOINING
                        && !host.catchUp(group, GroupChain.of(page -> gateway.chain(caller(), group, page)))) {
                    return false;
                }
                long before = host.cursor(group);
                host.take(group, shown.apply(gateway.read(caller(), group, before, 100)));
                return host.cursor(group) > before;
            } catch (NotFoundException | org.sekisho.api.DeniedException notYet) {
                return false;
            } catch (ConflictException expired) {
                assertThat(expired.code()).isEqualTo(ErrorCode.LOG_EXPIRED);
                host.behind(group);
                return false;
            }
        }

        private boolean tell(GroupId group) {
            List<Delivery> waiting = host.deliveries(group, 100);
            waiting.forEach(d -> told.add(d.event()));
            host.delivered(group, waiting);
            return !waiting.isEmpty();
        }
    }
}
