// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.ArrayList;
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
import org.sekisho.crypto.Sha256;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.Notification;

/** Member: makes the roster (or the rotation) that the first waiting changes ask for. */
final class NextRoster {

    private NextRoster() {}

    /** Sends what the first change asks for and gives its hash; empty when that change was done or dropped. */
    static Optional<Hash> send(Draft<MemberState> draft, List<String> keys) {
        Change first = Changes.read(draft, keys.get(0));
        if (first instanceof Change.Rotate) {
            return Optional.of(rotate(draft));
        }
        Roster target = MemberSide.targetRoster(draft.ctx);
        LeafId self = MemberSide.self(draft.ctx);
        if (fulfils(target, first, self)) {
            draft.delete(keys.get(0));
            return Optional.empty();
        }
        Map<LeafId, RosterEntry> entries = new TreeMap<>();
        target.entries().forEach(e -> entries.put(e.leaf(), e));
        int before = entries.size();
        apply(draft, keys, entries);
        boolean tooMany = entries.size() > draft.ctx.policy().maxMembers();
        if (entries.isEmpty() || tooMany && entries.size() > before) {
            draft.notice("change-refused", Cbor.encode(MessageType.NOTIFY, "POLICY_VIOLATION"));
            draft.delete(keys.get(0));
            return Optional.empty();
        }
        return Optional.of(announce(draft, new ArrayList<>(entries.values()), first instanceof Change.Remove));
    }

    /** The changes that travel together: newcomers in a row make one roster, and so one epoch. */
    static List<String> sentWith(Draft<MemberState> draft, List<String> keys) {
        int n = 0;
        while (n < keys.size() && Changes.read(draft, keys.get(n)) instanceof Change.Add) {
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
        return change instanceof Change.Leave && !roster.contains(self);
    }

    private static void apply(Draft<MemberState> draft, List<String> keys, Map<LeafId, RosterEntry> entries) {
        long next = draft.ctx.epoch().map(e -> e.header().epoch()).orElse(0L) + 1;
        for (String key : sentWith(draft, keys)) {
            Change change = Changes.read(draft, key);
            if (change instanceof Change.Add add
                    && !entries.containsKey(add.entry().leaf())) {
                RosterEntry e = add.entry();
                entries.put(
                        e.leaf(), new RosterEntry(e.leaf(), e.idKey(), e.hpkeKey(), e.rights(), next, e.certHash()));
            } else if (change instanceof Change.Remove remove) {
                Set<LeafId> leaving = new HashSet<>(remove.leaves());
                entries.keySet().removeIf(leaving::contains);
            } else if (change instanceof Change.Leave) {
                Octets member = MemberSide.self(draft.ctx).memberId();
                entries.keySet().removeIf(l -> l.memberId().equals(member));
            }
        }
    }

    private static Hash announce(Draft<MemberState> draft, List<RosterEntry> entries, boolean removesOthers) {
        Ctx ctx = draft.ctx;
        SignedRoster link = Rosters.target(ctx);
        var roster = new Roster(
                ctx.group(),
                link.roster().seq() + 1,
                Optional.of(Rosters.hash(link)),
                entries,
                link.roster().policyHash());
        Octets encoded = RosterCodec.encode(roster);
        var signed = new SignedRoster(roster, encoded, MemberSide.self(ctx), ctx.sign("roster", encoded));
        Hash hash = Rosters.hash(signed);
        Octets octets = RosterCodec.encode(signed);
        if (removesOthers && !ctx.policy().deferRotation()) {
            Rotations.Made made = Rotations.make(draft, roster, hash);
            var notification =
                    new Notification(octets, Optional.of(made.rotation().encode()));
            draft.send(MessageType.NOTIFY, notification.encode(), made.slices());
        } else {
            draft.send(MessageType.NOTIFY, new Notification(octets, Optional.empty()).encode(), Map.of());
        }
        return hash;
    }

    private static Hash rotate(Draft<MemberState> draft) {
        SignedRoster target = Rosters.target(draft.ctx);
        Rotations.Made made = Rotations.make(draft, target.roster(), Rosters.hash(target));
        draft.send(MessageType.ROTATE, made.rotation().encode(), made.slices());
        return Sha256.hash(made.rotation().encode());
    }
}
