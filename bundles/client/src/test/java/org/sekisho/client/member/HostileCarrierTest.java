// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.client.member.World.Person;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.InvitationCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.groups.member.MemberStatus;
import org.sekisho.groups.member.PendingInvitation;
import org.sekisho.membership.Joiner;

/** Former members, participants who are none, and a gateway that shows what it likes. */
class HostileCarrierTest {

    @TempDir
    Path directory;

    World world;
    Person alice;
    Person bob;
    Person mallory;
    GroupId group;
    private long counter;

    @BeforeEach
    void three() {
        world = new World(directory);
        alice = world.enrol("Alice");
        bob = world.enrol("Bob");
        mallory = world.enrol("Mallory");
        group = alice.found(world.policy(alice));
        alice.invite(group, bob);
        alice.invite(group, mallory);
    }

    private SignedEnvelope envelope(Person from, Party to, String type, Octets body, Instant issuedAt) {
        var envelope = new Envelope(
                group, new Party.Member(from.leaf()), to, Octets.utf8("forged!!"), ++counter, type, issuedAt, body);
        Octets encoded = EnvelopeCodec.encode(envelope);
        Octets signature = from.identity.signing().sign("envelope/" + type, encoded);
        return new SignedEnvelope(EnvelopeCodec.decode(encoded), encoded, signature, Map.of());
    }

    private void mail(Person from, Person to, String type, Octets body) {
        SignedEnvelope letter = envelope(from, new Party.Member(to.leaf()), type, body, world.clock.now());
        world.gateway.mailbox().send(from.caller(), to.leaf(), EnvelopeCodec.encode(letter));
        world.settle();
    }

    private static Octets commit(Person sponsor, EpochHeader header) {
        var commit = new EpochCommit(header, Octets.of(new byte[32]), sponsor.leaf());
        Octets encoded = EpochCodec.encode(commit);
        return EpochCodec.encode(
                new SignedCommit(commit, encoded, sponsor.identity.signing().sign("epoch commit", encoded)));
    }

    private EpochHeader newestHeader(Person person) {
        var all = person.host.epochs(group, 0, 100);
        return all.get(all.size() - 1).header();
    }

    @Test
    void a_former_member_stops_nobody_by_mail() {
        EpochHeader last = newestHeader(mallory);
        alice.remove(group, mallory);
        var other = new EpochHeader(
                last.group(),
                last.epoch(),
                last.schemeId(),
                last.previous(),
                last.rosterHash(),
                last.policyHash(),
                Sha256.hash(Octets.utf8("other")),
                last.cohort());

        mail(mallory, bob, "host/commit", commit(mallory, other));
        mail(mallory, bob, "host/complaint", Cbor.encode(1, "FORK", Octets.utf8("made up")));

        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
        assertThat(bob.alarms()).isEmpty();
        bob.send(group, "still here");
    }

    @Test
    void a_former_member_stops_nobody_with_the_gateways_help() {
        EpochHeader last = newestHeader(mallory);
        alice.remove(group, mallory);
        var other = new EpochHeader(
                last.group(),
                last.epoch(),
                last.schemeId(),
                last.previous(),
                last.rosterHash(),
                last.policyHash(),
                Sha256.hash(Octets.utf8("other")),
                last.cohort());
        SignedEnvelope forged =
                envelope(mallory, Party.EVERYONE, "host/commit", commit(mallory, other), world.clock.now());
        world.shown = entries -> append(entries, EnvelopeCodec.encode(forged), LogEntry.Kind.ENVELOPE);

        alice.send(group, "hello");
        world.settle();

        assertThat(bob.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
    }

    private static List<LogEntry> append(List<LogEntry> entries, Octets bytes, LogEntry.Kind kind) {
        if (entries.isEmpty()) {
            return entries;
        }
        var more = new ArrayList<>(entries);
        LogEntry last = entries.get(entries.size() - 1);
        more.add(new LogEntry(last.n() + 1, kind, bytes, Optional.empty(), last.at()));
        return more;
    }

    @Test
    void a_roster_told_to_one_member_alone_splits_nobody_off() {
        SignedRoster newest = bob.host.view(group).roster();
        Roster before = newest.roster();
        var roster = new Roster(
                group,
                before.seq() + 1,
                Optional.of(Sha256.hash(newest.encoded())),
                before.entries().stream()
                        .filter(e -> !e.leaf().equals(mallory.leaf()))
                        .toList(),
                before.policyHash());
        Octets encoded = RosterCodec.encode(roster);
        var signed = new SignedRoster(
                roster, encoded, mallory.leaf(), mallory.identity.signing().sign("roster", encoded));
        Octets notification = Cbor.encode(1, RosterCodec.encode(signed), null, List.of(), List.of());

        mail(mallory, bob, "member/notify", notification);
        SignedEnvelope toServer = envelope(mallory, Party.SERVER, "member/notify", notification, world.clock.now());
        assertThatThrownBy(() -> world.gateway.submit(mallory.caller(), group, EnvelopeCodec.encode(toServer)))
                .isInstanceOfSatisfying(
                        SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_AUDIENCE));
        alice.remove(group, mallory);
        alice.send(group, "without mallory");
        world.settle();

        assertThat(bob.host.view(group).roster().roster().entries())
                .extracting(RosterEntry::leaf)
                .containsExactlyInAnyOrder(alice.leaf(), bob.leaf());
        assertThat(bob.heard()).containsExactly("without mallory");
    }

    @Test
    void a_wrapped_commit_makes_no_view_fresh() {
        bob.online = false;
        alice.host.request(group, "renew", Cbor.encode());
        world.settle();
        Instant before = bob.host.view(group).freshUntil();
        world.pass(Duration.ofHours(20));
        world.shown = entries -> entries.stream().map(this::rewrapped).toList();

        bob.online = true;
        bob.receive(group);

        assertThat(bob.host.view(group).freshUntil()).isEqualTo(before);
    }

    /** A commit of an administrator in an envelope of Mallory's, dated now; words of administrators are withheld. */
    private LogEntry rewrapped(LogEntry entry) {
        if (entry.kind() != LogEntry.Kind.ENVELOPE) {
            return entry;
        }
        Envelope sent = EnvelopeCodec.decodeSigned(entry.bytes()).envelope();
        boolean commit = sent.type().equals("host/commit");
        if (!commit && !sent.type().equals("host/fresh")) {
            return entry;
        }
        SignedEnvelope forged = envelope(
                mallory, Party.EVERYONE, commit ? sent.type() : "host/nothing", sent.body(), world.clock.now());
        return new LogEntry(entry.n(), entry.kind(), EnvelopeCodec.encode(forged), Optional.empty(), entry.at());
    }

    @Test
    void an_invitation_dated_ahead_makes_no_view_fresh() {
        Person dave = world.enrol("Dave");
        dave.accepting = false;
        alice.invite(group, dave);
        PendingInvitation pending = dave.host.invitations().get(0);
        SignedEnvelope ahead = envelope(
                alice,
                new Party.Member(dave.leaf()),
                "member/invite",
                InvitationCodec.encode(pending.invitation()),
                world.clock.now().plus(Duration.ofDays(3650)));
        world.gateway.mailbox().send(alice.caller(), dave.leaf(), EnvelopeCodec.encode(ahead));
        world.settle();

        dave.join(dave.host.invitations().get(0));

        assertThat(dave.host.view(group).freshUntil())
                .isBeforeOrEqualTo(world.clock.now().plus(Duration.ofDays(1)));
    }

    @Test
    void a_removed_member_speaks_to_nobody_who_knows_of_the_removal() {
        Octets late = mallory.host.seal(group, "text/plain", "late".getBytes());
        alice.remove(group, mallory);
        world.shown = entries -> append(entries, late, LogEntry.Kind.MESSAGE);

        alice.send(group, "hello");
        world.settle();

        assertThat(bob.heard()).doesNotContain("late");
    }

    @Test
    void who_comes_back_is_not_led_to_an_older_branch() {
        Person dave = world.enrol("Dave");
        dave.accepting = false;
        alice.invite(group, dave);
        PendingInvitation old = dave.host.invitations().get(0);
        GroupChain then = GroupChain.of(page -> world.gateway.chain(alice.caller(), group, page));
        alice.invite(group, dave);
        dave.join(dave.host.invitations().stream()
                .filter(p -> !p.hash().equals(old.hash()))
                .findFirst()
                .orElseThrow());
        world.settle();
        assertThat(dave.host.view(group).status()).isEqualTo(MemberStatus.MEMBER);
        alice.remove(group, dave);
        assertThat(dave.host.view(group).status()).isEqualTo(MemberStatus.REMOVED);

        Octets encoded = InvitationCodec.encode(old.invitation());
        Octets acceptance = Joiner.accept(
                encoded,
                dave.leaf(),
                dave.identity.signing().verifyingKey().bytes(),
                dave.identity.hpke().publicKey().bytes(),
                dave.identity.certificate(),
                dave.identity.binding(),
                List.of(Certificates.encoded(world.people.root())));

        assertThatThrownBy(() -> dave.host.join(old.hash(), then, Joiner.params(encoded, acceptance)))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void one_inviter_does_not_crowd_out_the_others() {
        Person dave = world.enrol("Dave");
        dave.accepting = false;
        for (int i = 0; i < 60; i++) {
            alice.host.request(group, "invite", Cbor.encode(dave.leaf(), false, 3600L));
        }
        world.settle();

        assertThat(dave.host.invitations().size()).isEqualTo(50);
    }
}
