// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.Step;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.groupmanagement.wire.Distribution;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Rotation;
import org.sekisho.groupmanagement.wire.Transfer;
import org.sekisho.membership.Joiner;
import org.sekisho.membership.Rosters;
import org.sekisho.membership.wire.Acceptance;
import org.sekisho.membership.wire.Notification;
import org.sekisho.testkit.scheme.Node;

/** What servers, former members and newcomers may try. Test names are those of docs/protocols/0038 section 9. */
class AttackTest {

    private final World world = new World().settle();
    private final Node owner = world.founder();

    /** Every RN1 and every RN2 there ever was, taken where only an attacker of the test's kind could have it. */
    private static List<SecretBytes> rn1Of(Node node, List<Octets> parts) {
        List<SecretBytes> all = new ArrayList<>();
        for (Octets part : parts) {
            byte[] bytes = part.toByteArray();
            all.add(SecretBytes.take(java.util.Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length)));
        }
        return all;
    }

    private static List<Octets> rn1Parts(Node node) {
        return node.parts.entrySet().stream()
                .filter(e -> e.getKey().startsWith("rn1/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private World.Sent last(String type) {
        return world.everything.stream()
                .filter(s -> s.type().equals(type))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static Event.Message message(World.Sent sent, Node to) {
        return new Event.Message(
                sent.from(),
                sent.type(),
                sent.body(),
                Optional.ofNullable(sent.slices().get(to.id())));
    }

    /** RN2 as the server knows it: from the slice of a leaf whose key the test has. */
    private static SecretBytes rn2(World.Sent sent, Node reader) {
        Distribution d = Distribution.decode(sent.body());
        return reader.open(
                        Formulas.SEAL_RN2,
                        d.sealContext(reader.id()),
                        sent.slices().get(reader.id()))
                .orElseThrow();
    }

    @Test
    void rn12_removed_member_plus_gms_cannot_compute_gk() {
        Node stays = world.join(owner, 1);
        Node goes = world.join(owner, 2);
        List<SecretBytes> known = rn1Of(goes, rn1Parts(goes));
        assertThat(known).hasSize(1);
        world.remove(owner, goes);
        World.assertAgree(owner, stays);
        World.Sent distribution = last(MessageType.RN2);
        Distribution given = Distribution.decode(distribution.body());
        SecretBytes rn2 = rn2(distribution, stays);
        SecretBytes secret = owner.secrets.lastEntry().getValue();
        // the honest derivations: RN1 as it was, and any number of public steps from it
        for (SecretBytes rn1 : known) {
            SecretBytes stepped = Formulas.joinStep(rn1, world.group, given.rn1Gen(), given.rosterHash());
            assertThat(Formulas.schemeSecret(rn2, rn1)).isNotEqualTo(secret);
            assertThat(Formulas.schemeSecret(rn2, stepped)).isNotEqualTo(secret);
            assertThat(Formulas.rn1Commitment(world.group, given.rn1Gen(), stepped))
                    .isNotEqualTo(rotation().commitment());
        }
        // no slice of the rotation opens for the former member
        World.Sent notify = last(org.sekisho.membership.wire.MessageType.NOTIFY);
        assertThat(notify.slices()).doesNotContainKey(goes.id());
        notify.slices().values().forEach(s -> assertThat(
                        goes.open(Formulas.SEAL_ROTATION, rotation().sealContext(goes.id()), s))
                .isEmpty());
        // the same formula with the right RN1 is the secret, so the test looks at the right thing
        SecretBytes right = rn1Of(owner, rn1Parts(owner)).get(0);
        assertThat(Formulas.schemeSecret(rn2, right)).isEqualTo(secret);
    }

    private Rotation rotation() {
        return Rotation.decode(Notification.decode(
                        last(org.sekisho.membership.wire.MessageType.NOTIFY).body())
                .attachment()
                .orElseThrow()
                .body());
    }

    @Test
    void rn12_newcomer_plus_gms_cannot_compute_earlier_gk() {
        world.join(owner, 1);
        SecretBytes earlier = owner.secrets.lastEntry().getValue();
        SecretBytes rn2 = rn2(last(MessageType.RN2), owner);
        Node newcomer = world.join(owner, 2);
        for (SecretBytes rn1 : rn1Of(newcomer, rn1Parts(newcomer))) {
            assertThat(Formulas.schemeSecret(rn2, rn1)).isNotEqualTo(earlier);
        }
        assertThat(newcomer.secrets).containsOnlyKeys(3L);
    }

    @Test
    void rn12_rn2_rollback_rejected() {
        Node member = world.join(owner, 1);
        World.Sent old = last(MessageType.RN2);
        world.run(Duration.ofSeconds(5));
        World.request(owner, "renew");
        world.settle();
        Octets head = member.head;
        Map<String, Octets> parts = new TreeMap<>(member.parts);
        for (World.Sent replayed : List.of(old, last(MessageType.RN2))) {
            assertThat(World.code(member.handle(message(replayed, member)))).isEqualTo(ErrorCode.REPLAYED);
        }
        assertThat(member.head).isEqualTo(head);
        assertThat(member.parts).isEqualTo(parts);
    }

    @Test
    void rn12_rn2_of_same_generation_for_another_epoch_rejected() {
        Node member = world.join(owner, 1);
        Distribution d = Distribution.decode(last(MessageType.RN2).body());
        Distribution ahead = new Distribution(
                d.group(),
                d.epoch() + 2,
                d.rn2Gen() + 1,
                d.rn1Gen(),
                d.rosterHash(),
                d.policyHash(),
                d.previous(),
                d.cohort(),
                d.sponsor(),
                d.commitment(),
                d.lastRn1Step(),
                d.reinit());
        var event = new Event.Message(Party.SERVER, MessageType.RN2, ahead.encode(), Optional.empty());
        assertThat(World.code(member.handle(event))).isEqualTo(ErrorCode.EPOCH_CONFLICT);
    }

    @Test
    void rn12_rn2_that_breaks_its_commitment_rejected() {
        Node member = world.join(owner, 1);
        world.run(Duration.ofSeconds(5));
        member.online = false;
        World.request(owner, "renew");
        world.settle();
        World.Sent sent = last(MessageType.RN2);
        Distribution d = Distribution.decode(sent.body());
        // a malicious server gives this leaf another RN2 than it committed to
        try (SecretBytes other = SecretBytes.take(new byte[32])) {
            Octets slice = org.sekisho.crypto.Hpke.seal(
                    member.hpkeKey.publicKey(),
                    Formulas.SEAL_RN2,
                    d.sealContext(member.id()),
                    other,
                    Node.seeded("attacker", new long[1]));
            var event = new Event.Message(Party.SERVER, MessageType.RN2, sent.body(), Optional.of(slice));
            assertThat(World.code(member.handle(event))).isEqualTo(ErrorCode.CANNOT_OPEN);
        }
        // and another leaf's slice does not open
        Octets foreign = sent.slices().get(owner.id());
        var event = new Event.Message(Party.SERVER, MessageType.RN2, sent.body(), Optional.of(foreign));
        assertThat(World.code(member.handle(event))).isEqualTo(ErrorCode.CANNOT_OPEN);
    }

    @Test
    void rn12_rn2_from_a_member_rejected() {
        Node member = world.join(owner, 1);
        World.Sent sent = last(MessageType.RN2);
        var forged = new Event.Message(new Party.Member(owner.id()), MessageType.RN2, sent.body(), Optional.empty());
        assertThat(World.code(member.handle(forged))).isEqualTo(ErrorCode.WRONG_AUDIENCE);
    }

    @Test
    void rn12_rn2_without_rotation_after_removal_rejected() {
        Node stays = world.join(owner, 1);
        Node leaves = world.join(owner, 2);
        assertThat(World.request(leaves, "leave")).isEmpty();
        world.settle();
        // the proposal is adopted and nobody has rotated yet: a server that gives RN2 out already is refused
        Distribution d = Distribution.decode(last(MessageType.RN2).body());
        Hash target = Rosters.hash(stays.proposal.orElseThrow());
        Distribution early = new Distribution(
                d.group(),
                d.epoch() + 1,
                d.rn2Gen() + 1,
                d.rn1Gen() + 1,
                target,
                d.policyHash(),
                stays.epoch.map(e -> e.epochHash()),
                d.cohort() + 1,
                d.sponsor(),
                d.commitment(),
                Optional.of(Formulas.joinStepHash(world.group, d.rn1Gen() + 1, target)),
                d.reinit());
        var event = new Event.Message(Party.SERVER, MessageType.RN2, early.encode(), Optional.of(Octets.EMPTY));
        Optional<Step.Refuse> refused = stays.handle(event);
        assertThat(World.code(refused)).isEqualTo(ErrorCode.POLICY_VIOLATION);
        assertThat(refused.orElseThrow().reason()).contains("RN1");
    }

    @Test
    void rn12_removal_without_rotation_refused_by_server_and_members() {
        Node stays = world.join(owner, 1);
        Node goes = world.join(owner, 2);
        Roster now = owner.committed.roster();
        Roster without = new Roster(
                now.group(),
                now.seq() + 1,
                Optional.of(Rosters.hash(owner.committed)),
                now.entries().stream().filter(e -> !e.leaf().equals(goes.id())).toList(),
                now.policyHash());
        SignedRoster signed = World.sign(owner, without);
        Octets body = new Notification(RosterCodec.encode(signed), Optional.empty(), List.of()).encode();
        var event = new Event.Message(
                new Party.Member(owner.id()), org.sekisho.membership.wire.MessageType.NOTIFY, body, Optional.empty());
        assertThat(World.code(world.server.handle(event))).isEqualTo(ErrorCode.POLICY_VIOLATION);
        assertThat(World.code(stays.handle(event))).isEqualTo(ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void rn12_join_step_after_removal_is_no_rotation() {
        Rn1Line line = Rn1Line.from(1, Optional.empty(), Rosters.hash(owner.committed));
        Hash first = Formulas.joinStepHash(world.group, 8, line.roster());
        Hash second = Formulas.joinStepHash(world.group, 9, line.roster());
        Rn1Line removed = line.join(world.group, first, true);
        assertThat(removed.topGen()).isEqualTo(2);
        assertThat(removed.needsRotation(false)).isTrue();
        assertThat(removed.needsRotation(true)).isFalse();
        assertThat(removed.join(world.group, second, false).needsRotation(false))
                .isTrue();
        Rotation rotation = new Rotation(world.group, 3, Optional.empty(), first, owner.id(), first);
        Rn1Line rotated = removed.rotate(rotation, false);
        assertThat(rotated.needsRotation(false)).isFalse();
        assertThat(rotated.join(world.group, second, false).needsRotation(false))
                .isFalse();
        assertThat(rotated.join(world.group, second, true).needsRotation(false)).isTrue();
    }

    @Test
    void rn12_acceptance_the_policy_does_not_admit_rejected() {
        for (boolean byIssuer : List.of(true, false)) {
            Hash foreign = Hash.of(new byte[32]);
            var admission = byIssuer
                    ? new org.sekisho.api.group.Admission(List.of(), List.of(foreign), List.of())
                    : new org.sekisho.api.group.Admission(List.of("O=Elsewhere"), List.of(), List.of());
            World strict = new World(World.policy(admission)).settle();
            World.request(strict.founder(), "invite", strict.node(1).id(), false, 60);
            strict.settle();
            Node invitee = strict.node(1);
            Octets accept = Identities.accept(invitee, strict.invitations.remove(0));
            assertThat(World.code(strict.founder().handle(accepting(invitee, accept))))
                    .isEqualTo(ErrorCode.POLICY_VIOLATION);
        }
        var own = new org.sekisho.api.group.Admission(
                List.of("O=Test"),
                List.of(org.sekisho.crypto.identity.Certificates.hash(Identities.issuer())),
                List.of());
        World open = new World(World.policy(own)).settle();
        World.assertAgree(open.founder(), open.join(open.founder(), 1));
    }

    @Test
    void rn12_removal_without_rotation_taken_where_policy_defers() {
        World deferring = new World(World.policy(true, org.sekisho.api.group.History.FULL, true)).settle();
        Node first = deferring.founder();
        Node stays = deferring.join(first, 1);
        Node goes = deferring.join(first, 2);
        deferring.remove(first, goes);
        World.assertAgree(first, stays);
        Notification sent = Notification.decode(deferring.everything.stream()
                .filter(s -> s.type().equals(org.sekisho.membership.wire.MessageType.NOTIFY))
                .reduce((a, b) -> b)
                .orElseThrow()
                .body());
        assertThat(sent.attachment()).isEmpty();
    }

    @Test
    void rn12_invite_replay_rejected() {
        Node invitee = world.join(owner, 1);
        World.Sent accept = last(org.sekisho.membership.wire.MessageType.ACCEPT);
        Octets head = owner.head;
        // the acceptance again, at once and after the member was removed
        assertThat(World.code(owner.handle(message(accept, owner)))).isEqualTo(ErrorCode.REPLAYED);
        assertThat(owner.head).isEqualTo(head);
        world.remove(owner, invitee);
        assertThat(World.code(owner.handle(message(accept, owner)))).isEqualTo(ErrorCode.REPLAYED);
        // RN1 again, to a member that has it
        World.Sent transfer = last(MessageType.RN1);
        Node second = world.join(owner, 2);
        assertThat(World.code(second.handle(message(transfer, second)))).isEqualTo(ErrorCode.REPLAYED);
    }

    @Test
    void rn12_expired_invitation_rejected() {
        World.request(owner, "invite", world.node(1).id(), false, 60);
        world.settle();
        Octets invitation = world.invitations.remove(0);
        world.now = world.now.plusSeconds(61);
        Node late = world.node(1);
        Octets accept = Identities.accept(late, invitation);
        var event = new Event.Message(
                new Party.Member(late.id()), org.sekisho.membership.wire.MessageType.ACCEPT, accept, Optional.empty());
        assertThat(World.code(owner.handle(event))).isEqualTo(ErrorCode.BAD_TOKEN);
    }

    @Test
    void rn12_acceptance_by_another_leaf_or_with_foreign_keys_rejected() {
        World.request(owner, "invite", world.node(1).id(), false, 60);
        world.settle();
        Octets invitation = world.invitations.remove(0);
        Node invited = world.node(1);
        Node other = world.node(2);
        Octets foreign = Identities.accept(other, invitation);
        assertThat(World.code(owner.handle(accepting(other, foreign)))).isEqualTo(ErrorCode.WRONG_AUDIENCE);
        assertThat(World.code(owner.handle(accepting(invited, foreign)))).isEqualTo(ErrorCode.WRONG_AUDIENCE);
        // the invited leaf's certificate, somebody else's sealing key
        Acceptance a = Acceptance.decode(Identities.accept(invited, invitation));
        Acceptance swapped = new Acceptance(
                a.inviteHash(),
                a.leaf(),
                a.idKey(),
                other.hpkeKey.publicKey().bytes(),
                a.certificate(),
                a.binding(),
                a.issuers());
        assertThat(World.code(owner.handle(accepting(invited, swapped.encode()))))
                .isEqualTo(ErrorCode.BAD_CERTIFICATE);
        assertThat(owner.handle(accepting(invited, a.encode()))).isEmpty();
    }

    private static Event.Message accepting(Node from, Octets body) {
        return new Event.Message(
                new Party.Member(from.id()), org.sekisho.membership.wire.MessageType.ACCEPT, body, Optional.empty());
    }

    @Test
    void joiner_refuses_foreign_genesis() {
        World.request(owner, "invite", world.node(1).id(), false, 60);
        world.settle();
        Octets invitation = world.invitations.remove(0);
        World foreign = new World(World.policy(true, org.sekisho.api.group.History.FULL, true)).settle();
        foreign.nonce = Octets.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        Node joiner = foreign.node(1);
        joiner.committed = foreign.founder().committed;
        joiner.epoch = foreign.founder().epoch;
        Step step = joiner.scheme.create(joiner, Joiner.params(invitation, Identities.accept(joiner, invitation)));
        assertThat(((Step.Refuse) step).code()).isEqualTo(ErrorCode.FORK_DETECTED);
    }

    @Test
    void joiner_refuses_branch_before_invited_roster() {
        SignedRoster before = owner.committed;
        var epochBefore = owner.epoch;
        world.join(owner, 1);
        World.request(owner, "invite", world.node(2).id(), false, 60);
        world.settle();
        Octets invitation = world.invitations.remove(0);
        Node joiner = world.node(2);
        // the server shows the chain without the last change, or another roster of the same number
        joiner.committed = before;
        joiner.epoch = epochBefore;
        Octets params = Joiner.params(invitation, Identities.accept(joiner, invitation));
        assertThat(((Step.Refuse) joiner.scheme.create(joiner, params)).code()).isEqualTo(ErrorCode.FORK_DETECTED);
        joiner.epoch = owner.epoch;
        Roster other = new Roster(
                before.roster().group(),
                owner.committed.roster().seq(),
                Optional.of(Rosters.hash(before)),
                before.roster().entries(),
                before.roster().policyHash());
        joiner.committed = World.sign(owner, other);
        assertThat(((Step.Refuse) joiner.scheme.create(joiner, params)).code()).isEqualTo(ErrorCode.FORK_DETECTED);
    }

    @Test
    void rn12_transfer_from_another_leaf_or_with_wrong_commitment_rejected() {
        world.holdRn1 = true;
        Node newcomer = world.join(owner, 1);
        World.Sent sent = last(MessageType.RN1);
        Transfer t = Transfer.decode(sent.body());
        var foreign =
                new Event.Message(new Party.Member(world.node(9).id()), MessageType.RN1, sent.body(), Optional.empty());
        assertThat(World.code(newcomer.handle(foreign))).isEqualTo(ErrorCode.REPLAYED);
        Transfer lying =
                new Transfer(t.group(), t.rn1Gen(), t.rosterHash(), t.inviteHash(), t.rosterHash(), t.sealed());
        var wrong = new Event.Message(sent.from(), MessageType.RN1, lying.encode(), Optional.empty());
        assertThat(World.code(newcomer.handle(wrong))).isEqualTo(ErrorCode.CANNOT_OPEN);
        Transfer moved =
                new Transfer(t.group(), t.rn1Gen() + 1, t.rosterHash(), t.inviteHash(), t.commitment(), t.sealed());
        var later = new Event.Message(sent.from(), MessageType.RN1, moved.encode(), Optional.empty());
        assertThat(World.code(newcomer.handle(later))).isEqualTo(ErrorCode.CANNOT_OPEN);
        world.holdRn1 = false;
        world.settle();
        World.assertAgree(owner, newcomer);
    }

    @Test
    void two_honest_sponsors_same_epoch_hash() {
        Node second = world.join(owner, 1);
        world.run(Duration.ofSeconds(5));
        second.online = false;
        World.request(owner, "renew");
        world.settle();
        second.online = true;
        // the second never sees the first's commit before its turn: both announce the same header
        World.Sent rn2 = last(MessageType.RN2);
        second.handle(message(rn2, second));
        second.handle(new Event.Timer(CommitHandler.SPONSOR_TIMER));
        List<World.Sent> commits =
                world.log.stream().filter(s -> s.commit() != null).toList();
        var first = commits.get(commits.size() - 1).commit().commit();
        var other = world.outbox.get(0).commit().commit();
        assertThat(other.sponsor()).isNotEqualTo(first.sponsor());
        assertThat(KeySchedule.epochHash(EpochCodec.encode(other.header()), other.confirmTag()))
                .isEqualTo(KeySchedule.epochHash(EpochCodec.encode(first.header()), first.confirmTag()));
    }

    @Test
    void rn12_rotation_without_the_right_is_refused_by_who_saw_the_removal_covered() {
        Node plain = world.join(owner, 1);
        Node sees = world.join(owner, 2);
        Node goes = world.join(owner, 3);
        sees.online = false;
        world.remove(owner, goes);
        assertThat(sees.handle(message(last(org.sekisho.membership.wire.MessageType.NOTIFY), sees)))
                .isEmpty();
        Hash target = Rosters.hash(sees.proposal.orElseThrow());
        long next = rotation().rn1Gen() + 1;
        var second = new Rotation(
                world.group,
                next,
                sees.epoch.map(e -> e.epochHash()),
                target,
                plain.id(),
                rotation().commitment());
        var event =
                new Event.Message(new Party.Member(plain.id()), MessageType.ROTATE, second.encode(), Optional.empty());
        assertThat(World.code(sees.handle(event))).isEqualTo(ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void rn12_two_rotations_of_one_epoch_only_the_first_counts() {
        Node admin = world.join(owner, 1);
        World.request(owner, "rotate");
        World.Sent first = world.outbox.get(0);
        Rotation r = Rotation.decode(first.body());
        world.settle();
        World.assertAgree(owner, admin);
        var again = new Event.Message(first.from(), MessageType.ROTATE, r.encode(), Optional.empty());
        assertThat(World.code(world.server.handle(again))).isEqualTo(ErrorCode.EPOCH_CONFLICT);
    }

    @Test
    void rn12_no_epoch_is_opened_twice_after_a_commit() {
        world.join(owner, 1);
        world.run(Duration.ofHours(30));
        Map<Long, Hash> committed = new HashMap<>();
        world.log.stream().filter(s -> s.commit() != null).forEach(s -> {
            var header = s.commit().commit().header();
            assertThat(committed.put(header.epoch(), owner.hash(header))).isNull();
        });
        long last = 0;
        for (World.Sent sent : world.log) {
            if (sent.type().equals(MessageType.RN2)) {
                long gen = Distribution.decode(sent.body()).rn2Gen();
                assertThat(gen).isEqualTo(last + 1);
                last = gen;
            }
        }
        assertThat(committed).hasSizeGreaterThan(28);
    }

    @Test
    void rn12_old_rn1_is_erased_with_the_commit() {
        Node member = world.join(owner, 1);
        World.request(owner, "rotate");
        world.settle();
        assertThat(rn1Parts(owner)).hasSize(1);
        assertThat(rn1Parts(member)).hasSize(1);
        assertThat(rn1Parts(owner)).isEqualTo(rn1Parts(member));
    }

    @Test
    void rn12_renewals_come_no_faster_than_once_a_second() {
        Node member = world.join(owner, 1);
        assertThat(World.request(member, "renew")).isEmpty();
        world.settle();
        assertThat(member.notices).extracting(Effect.Notice::name).contains("refused");
        assertThat(owner.epoch.orElseThrow().header().epoch()).isEqualTo(2);
    }

    @Test
    void no_secret_in_inspect_head_or_text() {
        Node member = world.join(owner, 1);
        for (Node node : List.of(owner, member)) {
            for (Octets part : rn1Parts(node)) {
                String secret = part.hex().substring(part.hex().length() - 64);
                assertThat(node.head.hex()).doesNotContain(secret);
                assertThat(node.scheme.inspect(node.head).toString()).doesNotContain(secret);
                assertThat(Heads.decode(node.head).toString()).doesNotContain(secret);
            }
        }
        String rn2 = rn2(last(MessageType.RN2), owner).use(b -> Octets.of(b).hex());
        assertThat(world.server.head.hex()).doesNotContain(rn2);
        assertThat(world.server.parts).isEmpty();
    }

    @Test
    void unknown_and_malformed_bodies_change_nothing() {
        Node member = world.join(owner, 1);
        List<Octets> bodies = List.of(
                Octets.EMPTY,
                Octets.of((byte) 0xff),
                Cbor.encode(1),
                Cbor.encode(2, "x"),
                Cbor.encode(1, Octets.EMPTY, Octets.EMPTY),
                Octets.of(new byte[5000]));
        List<String> types = List.of(
                org.sekisho.membership.wire.MessageType.INVITE,
                org.sekisho.membership.wire.MessageType.ACCEPT,
                org.sekisho.membership.wire.MessageType.NOTIFY,
                MessageType.ROTATE,
                MessageType.RN1,
                MessageType.RN2,
                MessageType.SPONSOR,
                MessageType.RENEW,
                org.sekisho.membership.wire.MessageType.WITHDRAW,
                "rn12/unknown",
                "");
        for (Node node : List.of(member, world.server)) {
            Octets head = node.head;
            Map<String, Octets> parts = new TreeMap<>(node.parts);
            for (String type : types) {
                for (Octets body : bodies) {
                    for (Party from : List.<Party>of(Party.SERVER, new Party.Member(owner.id()))) {
                        assertThat(node.handle(new Event.Message(from, type, body, Optional.of(body))))
                                .isPresent();
                    }
                }
            }
            assertThat(node.handle(new Event.Request("unknown", Octets.EMPTY))).isPresent();
            assertThat(node.head).isEqualTo(head);
            assertThat(node.parts).isEqualTo(parts);
        }
    }

    @Test
    void every_flipped_octet_of_a_notification_is_refused_or_harmless() {
        Node goes = world.join(owner, 1);
        Node stays = world.join(owner, 2);
        stays.online = false;
        world.remove(owner, goes);
        World.Sent sent = last(org.sekisho.membership.wire.MessageType.NOTIFY);
        byte[] body = sent.body().toByteArray();
        Octets slice = sent.slices().get(stays.id());
        for (int i = 0; i < body.length; i++) {
            byte[] flipped = body.clone();
            flipped[i] ^= 1;
            var event = new Event.Message(sent.from(), sent.type(), Octets.of(flipped), Optional.of(slice));
            Step step = stays.scheme.handle(stays, stays.head, event);
            // what is not refused here differs only in what the host checks when it adopts the roster: signature and
            // rights
            if (step instanceof Step.Next next) {
                assertThat(next.effects()).anyMatch(e -> e instanceof Effect.AdoptRoster);
            }
        }
    }
}
