// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.keyderivation.protocol.Rosters.Change;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.Op;

/**
 * Server: what the next attempt is, by whom, in which order (0035 5.2).
 *
 * @param active in the order of the ring
 */
record Plan(Op op, List<LeafId> active, List<LeafId> joiners) {

    /** Empty when nothing is to be done, or nobody is there to do it. */
    static Optional<Plan> next(Draft<ServerState> draft, Optional<Set<LeafId>> only) {
        Roster target = Rosters.target(draft.ctx).roster();
        List<LeafId> here = there(target, only, Away.all(draft));
        if (here.isEmpty()) {
            here = there(target, only, Away.silent(draft));
        }
        if (here.isEmpty()) {
            return Optional.empty();
        }
        Change change = draft.state.change().and(Rosters.step(draft).change());
        boolean first = draft.ctx.epoch().isEmpty() || draft.state.ringHash().equals(KeyEquations.noRing());
        if (only.isPresent() || first || draft.state.wish().equals(Optional.of(Op.DIST))) {
            return Optional.of(dist(draft, here));
        }
        if (change.removes()) {
            return Optional.of(change.adds() ? dist(draft, here) : leave(draft, here));
        }
        if (change.adds()) {
            return Optional.of(join(draft, here));
        }
        // a roster that changes rights or policy alone needs an epoch too
        boolean wanted = draft.state.wish().isPresent() || draft.ctx.proposal().isPresent();
        return wanted ? Optional.of(update(draft, here)) : Optional.empty();
    }

    private static List<LeafId> there(Roster target, Optional<Set<LeafId>> only, Set<LeafId> away) {
        return target.entries().stream()
                .map(RosterEntry::leaf)
                .filter(leaf -> only.map(o -> o.contains(leaf)).orElse(!away.contains(leaf)))
                .toList();
    }

    private static Plan dist(Draft<ServerState> draft, List<LeafId> here) {
        List<LeafId> order = new ArrayList<>(here);
        Optional<LeafId> first = draft.state.preferred().filter(order::contains).filter(l -> !draft.state
                .avoid()
                .equals(Optional.of(l)));
        int at = first.map(order::indexOf)
                .orElseGet(() -> draft.state.avoid().equals(Optional.of(order.get(0))) ? 1 % order.size() : 0);
        Collections.rotate(order, -at);
        return new Plan(Op.DIST, Suspects.separate(draft, order), List.of());
    }

    /** Who stays, in the order of the ring; who came back stands at its end, with both edges fresh. */
    private static Plan leave(Draft<ServerState> draft, List<LeafId> here) {
        Set<LeafId> stays = new HashSet<>(here);
        List<LeafId> ring = LeafPages.read(draft, LeafPages.RING);
        List<LeafId> order =
                new ArrayList<>(ring.stream().filter(stays::contains).toList());
        Set<LeafId> inRing = new HashSet<>(ring);
        here.stream().filter(l -> !inRing.contains(l)).forEach(order::add);
        if (order.size() < 2 || Suspects.any(draft)) {
            return dist(draft, here);
        }
        Collections.rotate(order, -representative(draft, order, successors(ring)));
        return new Plan(Op.LEAVE, order, List.of());
    }

    /** Both edges fresh if possible, else the one before. */
    private static int representative(Draft<ServerState> draft, List<LeafId> order, Map<LeafId, LeafId> next) {
        int n = order.size();
        int found = -1;
        for (int i = 0; i < n; i++) {
            LeafId leaf = order.get(i);
            boolean before = isFresh(next, order.get(Math.floorMod(i - 1, n)), leaf);
            boolean after = isFresh(next, leaf, order.get((i + 1) % n));
            boolean avoided = draft.state.avoid().equals(Optional.of(leaf));
            if (before && after && !avoided) {
                return i;
            }
            if (found < 0 && before && !avoided) {
                found = i;
            }
        }
        return found >= 0 ? found : draft.state.avoid().equals(Optional.of(order.get(0))) ? 1 : 0;
    }

    /** Whether two neighbours of an attempt have no edge of the committed ring. */
    static boolean isFresh(Map<LeafId, LeafId> next, LeafId left, LeafId right) {
        return !right.equals(next.get(left));
    }

    static Map<LeafId, LeafId> successors(List<LeafId> ring) {
        Map<LeafId, LeafId> next = new HashMap<>(2 * ring.size());
        for (int i = 0; i < ring.size() && ring.size() > 1; i++) {
            next.put(ring.get(i), ring.get((i + 1) % ring.size()));
        }
        return next;
    }

    /** The ring is opened between two neighbours that are both there; everybody outside of it comes in. */
    private static Plan join(Draft<ServerState> draft, List<LeafId> here) {
        List<LeafId> ring = LeafPages.read(draft, LeafPages.RING);
        Set<LeafId> there = new HashSet<>(here);
        Set<LeafId> inRing = new HashSet<>(ring);
        int at = opening(draft, ring, there);
        if (at < 0 || Suspects.any(draft)) {
            return dist(draft, here);
        }
        List<LeafId> joiners = here.stream().filter(l -> !inRing.contains(l)).toList();
        List<LeafId> active = new ArrayList<>();
        active.add(ring.get(at));
        active.add(ring.get(Math.floorMod(at - 1, ring.size())));
        active.addAll(joiners);
        return new Plan(Op.JOIN, active, joiners);
    }

    /** Place of the representative; its neighbour to the left is the tail. */
    private static int opening(Draft<ServerState> draft, List<LeafId> ring, Set<LeafId> there) {
        int n = ring.size();
        int start = draft.state.preferred().map(ring::indexOf).orElse(0);
        for (int i = 0; i < n && n > 1; i++) {
            int at = Math.floorMod(Math.max(start, 0) + i, n);
            LeafId first = ring.get(at);
            boolean avoided = draft.state.avoid().equals(Optional.of(first));
            if (!avoided && there.contains(first) && there.contains(ring.get(Math.floorMod(at - 1, n)))) {
                return at;
            }
        }
        return -1;
    }

    private static Plan update(Draft<ServerState> draft, List<LeafId> here) {
        Set<LeafId> absent = WelcomeDesk.absent(draft);
        List<LeafId> keyed = here.stream().filter(l -> !absent.contains(l)).toList();
        if (keyed.isEmpty()) {
            return dist(draft, here);
        }
        LeafId sponsor = draft.state.preferred().filter(keyed::contains).orElse(keyed.get(0));
        return new Plan(Op.UPDATE, List.of(sponsor), List.of());
    }
}
