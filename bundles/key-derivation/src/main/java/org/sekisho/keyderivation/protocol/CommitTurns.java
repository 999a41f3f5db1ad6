// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Effect;
import org.sekisho.keyderivation.protocol.ServerState.Phase;
import org.sekisho.keyderivation.wire.CommitHint;
import org.sekisho.keyderivation.wire.Complaint;
import org.sekisho.keyderivation.wire.Confirmation;
import org.sekisho.keyderivation.wire.MessageType;

/** Server: D5, complaints, and who is asked to commit. An epoch is opened only when those who made it say they have its key. */
final class CommitTurns {

    static final String TIMER = "commit";
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /** After these the attempt has failed. */
    private static final int MOST_ASKED = 5;

    private static final int MOST_COMPLAINTS = 2;

    private CommitTurns() {}

    static void confirmed(Draft<ServerState> draft, LeafId from, Octets body) {
        Confirmation d5 = Confirmation.decode(body);
        if (RoundIntake.isOver(draft, Phase.CONFIRM, d5.ctxHash())) {
            return;
        }
        ServerRun run = draft.state.run().orElseThrow();
        requirePlace(draft, run, from, d5.index());
        EpochHeader header = draft.state.open().orElseThrow();
        Draft.require(draft.ctx.hash(header).equals(d5.headerHash()), ErrorCode.EPOCH_CONFLICT, "another header");
        String key = Attempts.OK + LeafPages.number(d5.index());
        if (draft.part(key).isEmpty()) {
            draft.put(key, d5.leafTag());
            run = Awaiting.heard(draft, run.heard(draft.ctx.now().toEpochMilli()), from, Attempts.OK);
            draft.state = draft.state.in(Phase.CONFIRM, run);
        }
        if (run.got() == run.count()) {
            open(draft);
        }
    }

    private static void requirePlace(Draft<ServerState> draft, ServerRun run, LeafId from, int index) {
        boolean place = index < run.count()
                && LeafPages.at(draft, LeafPages.ACTIVE, index).equals(from);
        Draft.require(place, ErrorCode.WRONG_AUDIENCE, "not the sender's place in the ring");
    }

    static void open(Draft<ServerState> draft) {
        draft.effect(new Effect.OpenEpoch(draft.state.open().orElseThrow()));
        draft.state = draft.state.with(Phase.AWAIT_COMMIT);
        draft.cancel(Attempts.TIMER);
        ask(draft, 0);
    }

    private static void ask(Draft<ServerState> draft, int turn) {
        ServerRun run = draft.state.run().orElseThrow();
        EpochHeader header = draft.state.open().orElseThrow();
        LeafId sponsor = sponsor(draft, run, turn);
        draft.send(
                Party.EVERYONE,
                MessageType.COMMIT,
                new CommitHint(run.ctxHash(), draft.ctx.hash(header), sponsor).encode());
        draft.state = draft.state.in(draft.state.phase(), run.awaiting(List.of(sponsor), run.count()));
        draft.timer(TIMER, FIRST_PAUSE.multipliedBy(1L << turn));
        draft.state = draft.state.asking(turn + 1);
    }

    /** The representative first, then the others who confirmed, in the order of the ring. */
    private static LeafId sponsor(Draft<ServerState> draft, ServerRun run, int turn) {
        var confirmed = draft.allKeys(Attempts.OK);
        if (confirmed.isEmpty()) {
            return run.first();
        }
        String key = confirmed.get(turn % confirmed.size());
        int index = Integer.parseInt(key.substring(Attempts.OK.length()), 16);
        return LeafPages.at(draft, LeafPages.ACTIVE, index);
    }

    /** Nobody committed in time. */
    static void next(Draft<ServerState> draft, Timings timings) {
        if (draft.state.phase() != Phase.AWAIT_COMMIT) {
            return;
        }
        if (draft.state.asked() >= MOST_ASKED) {
            draft.state.run().map(ServerRun::first).ifPresent(first -> Away.missed(draft, first));
            Attempts.again(draft, timings, "nobody commits");
        } else {
            ask(draft, draft.state.asked());
        }
    }

    /** One complaint asks for another representative, a second one for an audit. */
    static void complaint(Draft<ServerState> draft, Timings timings, LeafId from, Octets body) {
        Complaint complaint = Complaint.decode(body);
        boolean mine = draft.state
                .run()
                .filter(r -> r.ctxHash().equals(complaint.ctxHash()))
                .isPresent();
        boolean late = draft.state.phase() != Phase.CONFIRM && draft.state.phase() != Phase.ROUND_2;
        if (!mine || late) {
            return;
        }
        ServerRun run = draft.state.run().orElseThrow();
        requirePlace(draft, run, from, complaint.index());
        draft.evidence("dmkd complaint " + complaint.reason(), body);
        draft.state = draft.state.complained(run.first());
        if (draft.state.complaints() > MOST_COMPLAINTS) {
            // each time about another representative: whoever complains on is the trouble, or in it
            Away.flaky(draft, from, timings.flaky());
        }
        boolean audit = draft.state.complaints() > 1 && !run.audit();
        Attempts.again(draft, timings, "a complaint", Optional.of(RoundIntake.answered(draft)), audit);
    }
}
