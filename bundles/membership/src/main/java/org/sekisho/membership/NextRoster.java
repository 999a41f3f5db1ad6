// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.membership.wire.Certification;
import org.sekisho.membership.wire.MessageType;
import org.sekisho.membership.wire.Notification;

/** Member: makes the roster that the first waiting changes ask for. */
final class NextRoster {

    /** Octets of certificates that travel together: what a request of the gateway's carries, with a roster beside it. */
    private static final int MOST_CERTIFICATES = 256 << 10;

    private NextRoster() {}

    /** Sends what the first change asks for and gives its hash; empty when that change was done or dropped. */
    static Optional<Hash> send(StepDraft draft, MemberScheme scheme, List<String> keys) {
        Change first = Changes.read(draft, keys.get(0));
        if (first instanceof Change.Own own) {
            Optional<Hash> sent = scheme.turn(own.wish());
            if (sent.isEmpty()) {
                draft.delete(keys.get(0));
            }
            return sent;
        }
        Roster target = Rosters.target(draft.ctx()).roster();
        if (fulfils(target, first, draft.self())) {
            draft.delete(keys.get(0));
            return Optional.empty();
        }
        Map<LeafId, RosterEntry> entries = new TreeMap<>();
        target.entries().forEach(e -> entries.put(e.leaf(), e));
        int before = entries.size();
        Map<LeafId, Certification> newcomers = apply(draft, keys, entries);
        boolean tooMany = entries.size() > draft.ctx().policy().maxMembers();
        if (entries.isEmpty() || tooMany && entries.size() > before) {
            draft.notice("change-refused", Cbor.encode(MessageType.NOTIFY, "POLICY_VIOLATION"));
            draft.delete(keys.get(0));
            return Optional.empty();
        }
        boolean removesOthers = first instanceof Change.Remove;
        Hash policy = first instanceof Change.Rules rules ? rules.policy() : target.policyHash();
        return Optional.of(
                announce(draft, scheme, new ArrayList<>(entries.values()), policy, newcomers, removesOthers));
    }

    /** The changes that travel together: newcomers in a row make one roster, and so one epoch. */
    static List<String> sentWith(StepDraft draft, List<String> keys) {
        int n = 0;
        int octets = 0;
        while (n < keys.size()
                && n < Notification.MAX_NEWCOMERS
                && Changes.read(draft, keys.get(n)) instanceof Change.Add add) {
            octets += add.certification().size();
            if (n > 0 && octets > MOST_CERTIFICATES) {
                break;
            }
            n++;
        }
        return keys.subList(0, Math.min(keys.size(), Math.max(n, 1)));
    }

    static boolean fulfils(Roster roster, Change change, LeafId self) {
        if (change instanceof Change.Add add) {
            return roster.entry(add.entry().leaf())
                    .filter(e -> e.sameKeys(add.entry()))
                    .isPresent();
        }
        if (change instanceof Change.Remove remove) {
            return remove.leaves().stream().noneMatch(roster::contains);
        }
        if (change instanceof Change.Rules rules) {
            return roster.policyHash().equals(rules.policy());
        }
        return change instanceof Change.Leave && !roster.contains(self);
    }

    private static Map<LeafId, Certification> apply(
            StepDraft draft, List<String> keys, Map<LeafId, RosterEntry> entries) {
        long next = draft.ctx().epoch().map(e -> e.header().epoch()).orElse(0L) + 1;
        Map<LeafId, Certification> newcomers = new HashMap<>();
        for (String key : sentWith(draft, keys)) {
            Change change = Changes.read(draft, key);
            if (change instanceof Change.Add add
                    && !entries.containsKey(add.entry().leaf())) {
                RosterEntry e = add.entry();
                entries.put(
                        e.leaf(), new RosterEntry(e.leaf(), e.idKey(), e.hpkeKey(), e.rights(), next, e.certHash()));
                newcomers.put(e.leaf(), add.certification());
            } else if (change instanceof Change.Remove remove) {
                Set<LeafId> leaving = new HashSet<>(remove.leaves());
                entries.keySet().removeIf(leaving::contains);
            } else if (change instanceof Change.Leave) {
                Octets member = draft.self().memberId();
                entries.keySet().removeIf(l -> l.memberId().equals(member));
            }
        }
        return newcomers;
    }

    private static Hash announce(
            StepDraft draft,
            MemberScheme scheme,
            List<RosterEntry> entries,
            Hash policy,
            Map<LeafId, Certification> newcomers,
            boolean removesOthers) {
        Ctx ctx = draft.ctx();
        SignedRoster link = Rosters.target(ctx);
        var roster = new Roster(ctx.group(), link.roster().seq() + 1, Optional.of(Rosters.hash(link)), entries, policy);
        Octets encoded = RosterCodec.encode(roster);
        var signed = new SignedRoster(roster, encoded, draft.self(), ctx.sign("roster", encoded));
        Hash hash = Rosters.hash(signed);
        MemberScheme.Attached attached = scheme.attach(roster, hash, removesOthers);
        List<Certification> vouching =
                link.roster().addedBy(roster).stream().map(newcomers::get).toList();
        var notification = new Notification(RosterCodec.encode(signed), attached.attachment(), vouching);
        draft.send(MessageType.NOTIFY, notification.encode(), attached.slices());
        return hash;
    }
}
