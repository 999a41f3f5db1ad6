// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.keyderivation.protocol.Rosters.Change;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.Op;

/** Server: the open epoch was committed. */
final class CommitIntake {

    static final String UPDATE_TIMER = "update";
    static final String REFRESH_TIMER = "refresh";

    private CommitIntake() {}

    static void accepted(Draft<ServerState> draft, Timings timings, SignedCommit signed) {
        EpochHeader header = signed.commit().header();
        boolean mine = draft.state.open().filter(header::equals).isPresent();
        if (!mine || draft.state.run().isEmpty()) {
            return;
        }
        ServerRun run = draft.state.run().get();
        Away.heard(draft, signed.commit().sponsor());
        List<LeafId> active = LeafPages.read(draft, LeafPages.ACTIVE);
        List<LeafId> ring = LeafPages.read(draft, LeafPages.RING);
        Hash ringHash = draft.state.ringHash();
        if (run.op() != Op.UPDATE) {
            ring = run.op() == Op.JOIN ? joined(ring, active) : active;
            ringHash = KeyEquations.ring(run.ctxHash());
            LeafPages.write(draft, LeafPages.RING, ring);
        }
        boolean dist = run.op() == Op.DIST;
        WelcomeDesk.committed(draft, run.op(), new HashSet<>(active));
        Secrets.move(draft, Attempts.NEXT_K1, Attempts.K1);
        Attempts.clear(draft);
        Suspects.forget(draft);
        Change left = Rosters.committed(draft);
        Duration refresh = refresh(draft, timings);
        long refreshAt = dist ? draft.seconds() + refresh.toSeconds() : draft.state.refreshAt();
        draft.state = draft.state.committed(
                ringHash,
                ring.size(),
                dist ? 0 : draft.state.sinceDist() + 1,
                left,
                signed.commit().sponsor(),
                refreshAt);
        boolean fulfilled = dist || !draft.state.wish().equals(Optional.of(Op.DIST));
        draft.state = fulfilled ? draft.state.wishing(Optional.empty()) : draft.state;
        if (draft.state.sinceDist() >= timings.refreshEpochs()) {
            draft.state = draft.state.wishing(Optional.of(Op.DIST));
        }
        draft.timer(UPDATE_TIMER, draft.ctx.policy().rn2Interval());
        if (dist) {
            draft.timer(REFRESH_TIMER, refresh);
        }
        WelcomeDesk.ask(draft, signed.commit().sponsor());
        if (!left.none()
                || draft.state.wish().isPresent()
                || draft.ctx.proposal().isPresent()) {
            Attempts.begin(draft, timings);
        }
    }

    static Duration refresh(Draft<ServerState> draft, Timings timings) {
        Duration policy = draft.ctx.policy().rn1Interval();
        return policy.compareTo(timings.refresh()) < 0 ? policy : timings.refresh();
    }

    /** 0035 5.3: the old ring from the representative to the tail, then who came. */
    private static List<LeafId> joined(List<LeafId> ring, List<LeafId> active) {
        List<LeafId> next = new ArrayList<>(ring);
        Collections.rotate(next, -next.indexOf(active.get(0)));
        next.addAll(active.subList(2, active.size()));
        return next;
    }
}
