// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.scheme.Effect;
import org.sekisho.keyderivation.protocol.MemberState.Phase;
import org.sekisho.keyderivation.protocol.Rosters.Change;
import org.sekisho.keyderivation.wire.CommitHint;
import org.sekisho.keyderivation.wire.KeyEquations;

/** Member: committing the pending epoch, and what follows when it was committed. */
final class CommitHandler {

    static final String TIMER = "commit";

    private static final int FIRST = 8;
    private static final Duration PAUSE = Duration.ofMillis(1500);
    private static final Duration LATER_PAUSE = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofSeconds(60);

    private CommitHandler() {}

    /** The server has opened the epoch: the leaf it names commits, the others by turns. Two commits of one header are one epoch (F8). */
    static void hint(Draft<MemberState> draft, Octets body) {
        CommitHint hint = CommitHint.decode(body);
        Pending.next(draft)
                .map(Pending.Next::header)
                .filter(h -> draft.state.phase() == Phase.KEYED)
                .filter(h -> draft.ctx.hash(h).equals(hint.headerHash()))
                .ifPresent(header -> begin(draft, header, hint.sponsor()));
    }

    static void begin(Draft<MemberState> draft, EpochHeader header, LeafId sponsor) {
        if (sponsor.equals(draft.self())) {
            draft.effect(new Effect.Commit(header));
        }
        draft.timer(TIMER, turn(draft));
    }

    /** How long a leaf waits for those before it in the roster: the first eight 1.5 s apart, the others 0.25 s. */
    private static Duration turn(Draft<MemberState> draft) {
        Roster roster = Rosters.target(draft.ctx).roster();
        // who is not in it any more has no turn, and waits longest
        int place = roster.indexOf(draft.self());
        int index = place < 0 ? roster.entries().size() : place;
        if (index < FIRST) {
            return PAUSE.multipliedBy(index + 2L);
        }
        Duration later = PAUSE.multipliedBy(FIRST + 1L).plus(LATER_PAUSE.multipliedBy(index - FIRST + 1L));
        return later.compareTo(MOST) < 0 ? later : MOST;
    }

    static void myTurn(Draft<MemberState> draft) {
        if (draft.state.phase() == Phase.KEYED) {
            Pending.next(draft).ifPresent(next -> draft.effect(new Effect.Commit(next.header())));
            draft.timer(TIMER, MOST);
        }
    }

    static void accepted(Draft<MemberState> draft, SignedCommit signed) {
        EpochHeader header = signed.commit().header();
        if (!header.schemeId().equals(KeyEquations.SCHEME_ID)) {
            return;
        }
        Optional<Pending.Next> mine = Pending.next(draft).filter(n -> n.header().equals(header));
        if (mine.isPresent()) {
            Pending.Next next = mine.get();
            Pending.install(draft);
            draft.state = draft.state.holding(
                    header.epoch(), draft.seconds(), next.solo(), next.ringHash(), next.left(), next.right());
        } else if (draft.state.held() < header.epoch()) {
            Pending.erase(draft);
            draft.state = draft.state.lost(Optional.of(signed.commit().confirmTag()));
        }
        Change left = Rosters.committed(draft);
        draft.state = draft.state.with(left);
        PrekeyStock.afterCommit(draft);
    }
}
