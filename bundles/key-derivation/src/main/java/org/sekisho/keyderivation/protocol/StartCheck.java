// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.Roster;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.keyderivation.protocol.Rosters.Change;
import org.sekisho.keyderivation.wire.Attempt;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Start;

/** Member: whether an attempt may be, 0035 5.1. Every member checks all of it, also who only listens (protocol note F4). */
final class StartCheck {

    private StartCheck() {}

    static Attempt check(Draft<MemberState> draft, Start start) {
        Ctx ctx = draft.ctx;
        long epoch = draft.epoch();
        Draft.require(start.target() > epoch, ErrorCode.STALE_EPOCH, "the epoch is " + epoch);
        boolean next = start.target() == epoch + 1
                && start.previous().equals(ctx.epoch().map(Ctx.EpochView::epochHash));
        Draft.require(next, ErrorCode.EPOCH_CONFLICT, "a start for an epoch that does not follow");
        Roster target = Rosters.target(ctx).roster();
        Draft.require(
                start.rosterHash().equals(Rosters.step(draft).target()),
                ErrorCode.ROSTER_CONFLICT,
                "a start for another roster");
        long last = draft.state.target() == start.target() ? draft.state.attempt() : 0;
        Draft.require(start.attempt() > last, ErrorCode.REPLAYED, "an attempt that is over");
        boolean ring = !holds(draft) || start.ringHash().equals(draft.state.ringHash());
        Draft.require(ring, ErrorCode.EPOCH_CONFLICT, "a start for another ring");
        Attempt attempt = start.resolve(ctx.group(), target);
        requireAllowed(draft, attempt);
        if (attempt.op() == Op.JOIN) {
            requireJoin(draft, attempt);
        } else {
            Draft.require(start.joiners().isEmpty(), ErrorCode.MALFORMED, "joiners without a joining");
        }
        return attempt;
    }

    /** Whether this leaf has the present epoch's key, so rs and its edges are of use. */
    static boolean holds(Draft<MemberState> draft) {
        return draft.state.held() > 0 && draft.state.held() == draft.epoch();
    }

    /** F4: what a roster's steps did decides what may be done. */
    private static void requireAllowed(Draft<MemberState> draft, Attempt a) {
        Change change = draft.state.change().and(Rosters.step(draft).change());
        int n = a.count();
        boolean allowed =
                switch (a.op()) {
                    case DIST -> !a.audit() || n > 1;
                    case JOIN -> !change.removes() && n > 1;
                    case LEAVE -> change.removes() && !change.adds() && n > 1;
                    case UPDATE -> change.none() && n == 1 && !a.audit();
                };
        boolean first = draft.ctx.epoch().isEmpty() && a.op() != Op.DIST;
        Draft.require(allowed && !first, ErrorCode.POLICY_VIOLATION, a.op() + " is not what the rosters ask for");
    }

    private static void requireJoin(Draft<MemberState> draft, Attempt a) {
        List<LeafId> active = a.active();
        Draft.require(
                a.start().active().subList(2, a.count()).equals(a.start().joiners()),
                ErrorCode.MALFORMED,
                "a joining of others than the joiners");
        Roster committed = draft.ctx.roster().roster();
        boolean old = committed.contains(active.get(0)) && committed.contains(active.get(1));
        Draft.require(old, ErrorCode.POLICY_VIOLATION, "the ring is opened by members of the present epoch");
        int own = a.indexOf(draft.self());
        boolean here = holds(draft);
        boolean fits =
                switch (own) {
                    case -1 -> true;
                    case 0 -> here && has(draft.state.left(), active.get(1));
                    case 1 -> here && has(draft.state.right(), active.get(0));
                    default ->
                        draft.state.left().isEmpty() && draft.state.right().isEmpty();
                };
        Draft.require(fits, ErrorCode.EPOCH_CONFLICT, "the ring has no such edge here");
    }

    private static boolean has(Optional<LeafId> neighbour, LeafId leaf) {
        return neighbour.filter(leaf::equals).isPresent();
    }
}
