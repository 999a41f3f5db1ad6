// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.Sha256;

/**
 * The ctx of 0035 3.1: one attempt to make one epoch. All keys of the attempt are derived under {@link #hash()}. Who is active it names
 * by places in the roster whose hash it has: the same few octets as the start, however large the ring.
 *
 * @param roster that the places of {@code start} are of
 */
public record Attempt(GroupId group, Start start, Roster roster) {

    /**
     * As the server makes it.
     *
     * @param active who sends, in the order of the ring; the first is the representative
     * @param joiners the last of active, in JOIN
     */
    public static Attempt of(
            GroupId group,
            long target,
            Op op,
            long attempt,
            Optional<Hash> previous,
            Hash rosterHash,
            Roster roster,
            List<LeafId> active,
            Hash ringHash,
            List<LeafId> joiners,
            boolean audit) {
        Map<LeafId, Integer> places = new HashMap<>(2 * roster.entries().size());
        for (int i = 0; i < roster.entries().size(); i++) {
            places.put(roster.entries().get(i).leaf(), i);
        }
        var start = new Start(
                target,
                op,
                attempt,
                previous,
                rosterHash,
                Places.of(active.stream().map(places::get).toList()),
                ringHash,
                Places.of(joiners.stream().map(places::get).toList()),
                audit);
        return new Attempt(group, start, roster);
    }

    public Op op() {
        return start.op();
    }

    public boolean audit() {
        return start.audit();
    }

    public LeafId representative() {
        return leaf(start.active().get(0));
    }

    /** How many send. */
    public int count() {
        return start.active().size();
    }

    /** Who sends, in the order of the ring; a view. */
    public List<LeafId> active() {
        return new Leaves(start.active(), roster);
    }

    /** Where {@code leaf} stands among the active; -1 when it does not. */
    public int indexOf(LeafId leaf) {
        int place = roster.indexOf(leaf);
        return place < 0 ? -1 : start.active().at(place);
    }

    private LeafId leaf(int place) {
        return roster.entries().get(place).leaf();
    }

    public Hash hash() {
        return Sha256.hash(encode());
    }

    public Octets encode() {
        var w = new CborWriter().array(12).integer(1).bytes(group.value()).integer(start.target());
        w.integer(op().ordinal()).integer(start.attempt());
        start.previous().ifPresentOrElse(h -> w.bytes(h.value()), w::nil);
        start.active().write(w.bytes(start.rosterHash().value()));
        w.bytes(representative().value()).bytes(start.ringHash().value());
        start.joiners().write(w);
        return w.bool(audit()).toOctets();
    }

    /** Leaves at some places. */
    private static final class Leaves extends AbstractList<LeafId> implements RandomAccess {
        private final Places places;
        private final Roster roster;

        Leaves(Places places, Roster roster) {
            this.places = places;
            this.roster = roster;
        }

        @Override
        public LeafId get(int index) {
            return roster.entries().get(places.get(index)).leaf();
        }

        @Override
        public int size() {
            return places.size();
        }
    }
}
