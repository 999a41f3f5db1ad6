// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.membership.Rosters;
import org.sekisho.membership.wire.Acceptance;
import org.sekisho.membership.wire.Certification;
import org.sekisho.membership.wire.MessageType;
import org.sekisho.membership.wire.Notification;
import org.sekisho.testkit.scheme.Node;

/**
 * An inviter that lies about a newcomer, with or without the gateway: every member and the server check certificate, keys and
 * identity again (docs/decisions/0030, rule 3) and refuse the roster.
 */
class VouchingTest {

    private final World world = new World().settle();
    private final Node owner = world.founder();
    private Node member;
    private Node newcomer;
    private Certification genuine;

    @BeforeEach
    void join() {
        member = world.join(owner, 1);
        newcomer = world.node(2);
        genuine = certification(newcomer);
    }

    private static Certification certification(Node node) {
        return Acceptance.decode(Identities.accept(node, Octets.EMPTY)).certification();
    }

    private static RosterEntry entry(Node node, Optional<Hash> certificate) {
        RosterEntry bare = World.entry(node, Set.of(), 3);
        return new RosterEntry(bare.leaf(), bare.idKey(), bare.hpkeKey(), bare.rights(), 3, certificate);
    }

    private Event.Message announcement(RosterEntry added, List<Certification> vouching) {
        Roster now = owner.committed.roster();
        List<RosterEntry> entries = new ArrayList<>(now.entries());
        entries.add(added);
        entries.sort(java.util.Comparator.comparing(RosterEntry::leaf));
        var next = new Roster(
                now.group(), now.seq() + 1, Optional.of(Rosters.hash(owner.committed)), entries, now.policyHash());
        Octets signed = RosterCodec.encode(World.sign(owner, next));
        Octets body = new Notification(signed, Optional.empty(), vouching).encode();
        return new Event.Message(new Party.Member(owner.id()), MessageType.NOTIFY, body, Optional.empty());
    }

    private void assertRefused(RosterEntry added, List<Certification> vouching) {
        for (Node node : List.of(member, owner, world.server)) {
            Octets head = node.head;
            Map<String, Octets> parts = new TreeMap<>(node.parts);
            assertThat(World.code(node.handle(announcement(added, vouching)))).isEqualTo(ErrorCode.BAD_CERTIFICATE);
            assertThat(node.head).isEqualTo(head);
            assertThat(node.parts).isEqualTo(parts);
            assertThat(node.proposal).isEmpty();
        }
    }

    private static Hash hash(Certification certification) {
        return Sha256.hash(certification.certificate());
    }

    @Test
    void a_newcomer_whose_certificate_vouches_is_taken() {
        var event = announcement(entry(newcomer, Optional.of(hash(genuine))), List.of(genuine));
        assertThat(world.server.handle(event)).isEmpty();
        assertThat(member.handle(event)).isEmpty();
        assertThat(member.proposal).isPresent();
    }

    @Test
    void nobody_is_taken_without_a_certificate() {
        assertRefused(entry(newcomer, Optional.of(hash(genuine))), List.of());
        assertRefused(entry(newcomer, Optional.empty()), List.of());
        assertRefused(entry(newcomer, Optional.empty()), List.of(genuine));
    }

    @Test
    void a_roster_that_names_another_certificate_is_refused() {
        Certification other = certification(world.node(3));
        assertRefused(entry(newcomer, Optional.of(hash(other))), List.of(genuine));
        assertRefused(entry(newcomer, Optional.of(hash(other))), List.of(other));
        assertRefused(entry(newcomer, Optional.of(hash(genuine))), List.of(genuine, other));
    }

    @Test
    void keys_the_certificate_did_not_sign_are_refused() {
        Node mallory = world.node(9);
        RosterEntry mine = World.entry(mallory, Set.of(), 3);
        RosterEntry known = entry(newcomer, Optional.of(hash(genuine)));
        assertRefused(
                new RosterEntry(known.leaf(), mine.idKey(), known.hpkeKey(), Set.of(), 3, known.certHash()),
                List.of(genuine));
        assertRefused(
                new RosterEntry(known.leaf(), known.idKey(), mine.hpkeKey(), Set.of(), 3, known.certHash()),
                List.of(genuine));
    }

    @Test
    void a_certificate_of_somebody_else_vouches_for_no_foreign_leaf() {
        // Mallory's genuine certificate signs that the newcomer's leaf has Mallory's keys
        Node mallory = world.node(9);
        Certification lying = Identities.vouch(mallory, newcomer.id());
        RosterEntry mine = World.entry(mallory, Set.of(), 3);
        assertRefused(
                new RosterEntry(newcomer.id(), mine.idKey(), mine.hpkeKey(), Set.of(), 3, Optional.of(hash(lying))),
                List.of(lying));
    }

    @Test
    void an_authority_of_ones_own_makes_nobody_known() {
        Certification selfMade = Identities.underOtherAuthority(newcomer);
        assertRefused(entry(newcomer, Optional.of(hash(selfMade))), List.of(selfMade));
        // nor does the real authority's certificate beside one it did not issue
        var mixed = new Certification(selfMade.certificate(), selfMade.binding(), genuine.issuers());
        assertRefused(entry(newcomer, Optional.of(hash(mixed))), List.of(mixed));
        var alone = new Certification(genuine.certificate(), genuine.binding(), List.of());
        assertRefused(entry(newcomer, Optional.of(hash(alone))), List.of(alone));
    }
}
