// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.LeafId;

/** Server: a round takes too long (0035 5.6). */
final class RoundTimer {

    private RoundTimer() {}

    static void fired(Draft<ServerState> draft, Timings timings) {
        Optional<ServerRun> run = draft.state.run();
        if (run.isEmpty()) {
            return;
        }
        long now = draft.ctx.now().toEpochMilli();
        long due = Math.min(
                run.get().last() + timings.quiet().toMillis(),
                run.get().since() + timings.round().toMillis());
        if (now < due) {
            // something came in meanwhile; the timer is not set again with each message
            draft.timer(Attempts.TIMER, Duration.ofMillis(due - now));
            return;
        }
        switch (draft.state.phase()) {
            case ROUND_1 -> missing(draft, timings, run.get(), Attempts.D1);
            case ROUND_2 -> missing(draft, timings, run.get(), Attempts.D3);
            case CONFIRM -> {
                if (run.get().got() > 0) {
                    CommitTurns.open(draft);
                } else {
                    Attempts.again(draft, timings, "nobody has the key");
                }
            }
            default -> {
                // the round is over
            }
        }
    }

    private static void missing(Draft<ServerState> draft, Timings timings, ServerRun run, String prefix) {
        Set<LeafId> answered = new HashSet<>();
        for (int i = 0; i < run.count(); i++) {
            LeafId leaf = LeafPages.at(draft, LeafPages.ACTIVE, i);
            if (draft.part(prefix + LeafPages.number(i)).isPresent()) {
                answered.add(leaf);
            } else if (prefix.equals(Attempts.D3)) {
                Away.flaky(draft, leaf, timings.flaky());
            } else {
                Away.missed(draft, leaf);
            }
        }
        Attempts.again(
                draft, timings, run.count() - answered.size() + " did not answer", Optional.of(answered), run.audit());
    }
}
