// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.time.Duration;
import java.util.List;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.groupmanagement.protocol.ServerState.Phase;
import org.sekisho.groupmanagement.wire.MessageType;
import org.sekisho.groupmanagement.wire.SponsorHint;
import org.sekisho.membership.Rosters;

/** Who is asked to commit the open epoch, one after the other. RN2 is not given out again. */
final class SponsorTurns {

    static final String TIMER = "sponsor";
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /** After these the members' own turns go on, and the next thing that happens asks again. */
    static final int MOST_ASKED = 8;

    private SponsorTurns() {}

    /** Who was heard of last, if it stays. */
    static LeafId first(Draft<ServerState> draft) {
        List<LeafId> candidates = candidates(draft);
        return draft.state.preferred().filter(candidates::contains).orElse(candidates.get(0));
    }

    static void next(Draft<ServerState> draft) {
        ServerState state = draft.state;
        if (state.phase() != Phase.AWAIT_COMMIT || state.asked() >= MOST_ASKED) {
            return;
        }
        List<LeafId> candidates = candidates(draft);
        int at = state.awaited().map(candidates::indexOf).orElse(-1);
        LeafId leaf = candidates.get((at + 1) % candidates.size());
        var header = draft.ctx.hash(state.open().orElseThrow().header());
        draft.send(Party.EVERYONE, MessageType.SPONSOR, new SponsorHint(draft.ctx.group(), header, leaf).encode());
        draft.timer(TIMER, FIRST_PAUSE.multipliedBy(1L << state.asked()));
        draft.state = state.asking(leaf);
    }

    private static List<LeafId> candidates(Draft<ServerState> draft) {
        var target = Rosters.target(draft.ctx).roster();
        List<LeafId> staying = Rosters.staying(draft.ctx.roster().roster(), target);
        return staying.isEmpty()
                ? target.entries().stream().map(RosterEntry::leaf).toList()
                : staying;
    }
}
