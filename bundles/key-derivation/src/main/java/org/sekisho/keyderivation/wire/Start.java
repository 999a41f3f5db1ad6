// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Roster;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * An {@link Attempt} as it travels: leaves are indices into the entries of the roster that it is for, in runs {@code [first, count]} of
 * ascending ones. So nobody can be named who is not in that roster, and a ring in the order of the roster takes a few octets.
 */
public record Start(
        long target,
        Op op,
        long attempt,
        Optional<Hash> previous,
        Hash rosterHash,
        List<Integer> active,
        Hash ringHash,
        List<Integer> joiners,
        boolean audit) {

    public static final int MAX_SIZE = 256 + 5 * Policy.MAX_MEMBERS;

    public Start {
        active = List.copyOf(active);
        joiners = List.copyOf(joiners);
    }

    public static Start of(Attempt a, Roster roster) {
        var places = new HashMap<LeafId, Integer>(2 * roster.entries().size());
        for (int i = 0; i < roster.entries().size(); i++) {
            places.put(roster.entries().get(i).leaf(), i);
        }
        return new Start(
                a.target(),
                a.op(),
                a.attempt(),
                a.previous(),
                a.rosterHash(),
                a.active().stream().map(places::get).toList(),
                a.ringHash(),
                a.joiners().stream().map(places::get).toList(),
                a.audit());
    }

    /** The attempt, its leaves all of {@code roster} and each named once. */
    public Attempt resolve(GroupId group, Roster roster) {
        return new Attempt(
                group,
                target,
                op,
                attempt,
                previous,
                rosterHash,
                leaves(roster, active),
                ringHash,
                leaves(roster, joiners),
                audit);
    }

    private static List<LeafId> leaves(Roster roster, List<Integer> places) {
        Set<Integer> seen = new HashSet<>(2 * places.size());
        List<LeafId> leaves = new ArrayList<>(places.size());
        for (int place : places) {
            if (place >= roster.entries().size() || !seen.add(place)) {
                throw SekishoException.of(ErrorCode.NOT_A_MEMBER, "a place that is not in the roster, or twice");
            }
            leaves.add(roster.entries().get(place).leaf());
        }
        return leaves;
    }

    public Octets encode() {
        var w = new CborWriter().array(10).integer(1).integer(target).integer(op.ordinal());
        w.integer(attempt);
        previous.ifPresentOrElse(h -> w.bytes(h.value()), w::nil);
        runs(w.bytes(rosterHash.value()), active);
        runs(w.bytes(ringHash.value()), joiners);
        return w.bool(audit).toOctets();
    }

    public static Start decode(Octets encoded) {
        return Strict.decode("start", encoded, MAX_SIZE, Start::read);
    }

    private static Start read(CborReader r) {
        r.struct(1, 10);
        var start = new Start(
                r.integer(1, Long.MAX_VALUE),
                Op.of(r.uint(Op.LAST)),
                r.integer(1, Long.MAX_VALUE),
                r.optional(CborReader::hash),
                r.hash(),
                places(r),
                r.hash(),
                places(r),
                r.bool());
        if (start.active.isEmpty()) {
            throw new RejectedException(ErrorCode.MALFORMED, "nobody is active");
        }
        return start;
    }

    private static void runs(CborWriter w, List<Integer> places) {
        List<int[]> runs = new ArrayList<>();
        for (int place : places) {
            int[] last = runs.isEmpty() ? new int[] {-1, 0} : runs.get(runs.size() - 1);
            if (last[1] > 0 && last[0] + last[1] == place) {
                last[1]++;
            } else {
                runs.add(new int[] {place, 1});
            }
        }
        w.array(runs.size());
        runs.forEach(run -> w.array(2).integer(run[0]).integer(run[1]));
    }

    /** Runs as long as they can be, none of them beyond what a roster may have. */
    private static List<Integer> places(CborReader r) {
        List<Integer> places = new ArrayList<>();
        int runs = r.array(Policy.MAX_MEMBERS);
        for (int i = 0; i < runs; i++) {
            r.arrayOf(2);
            int first = (int) r.uint(Policy.MAX_MEMBERS - 1);
            int count = (int) r.integer(1, Policy.MAX_MEMBERS - Math.max(first, places.size()));
            if (!places.isEmpty() && places.get(places.size() - 1) + 1 == first) {
                throw new RejectedException(ErrorCode.MALFORMED, "two runs that are one");
            }
            for (int place = first; place < first + count; place++) {
                places.add(place);
            }
        }
        return places;
    }
}
