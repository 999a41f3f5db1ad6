// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.time.Duration;
import java.time.Instant;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.groupmanagement.protocol.ServerState.Phase;
import org.sekisho.groupmanagement.wire.Renewal;

/** Server: a fresh RN2 because its time has come or because somebody asks. */
final class RenewalIntake {

    /** Members cannot make epochs come faster than this. */
    static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    private RenewalIntake() {}

    /** A member asks. */
    static void handle(Draft<ServerState> draft, Octets body) {
        Ctx ctx = draft.ctx;
        Renewal renewal = Renewal.decode(body);
        Draft.require(renewal.group().equals(ctx.group()), ErrorCode.WRONG_AUDIENCE, "another group");
        long epoch = ctx.epoch().map(e -> e.header().epoch()).orElse(0L);
        Draft.require(renewal.epoch() == epoch, ErrorCode.STALE_EPOCH, "the epoch is " + epoch);
        long last = draft.state.nextRenewal() - ctx.policy().rn2Interval().toSeconds();
        boolean rested = ctx.now().getEpochSecond() >= last + LEAST_PAUSE.toSeconds();
        Draft.require(rested, ErrorCode.RATE_LIMITED, "RN2 was renewed just now");
        renew(draft);
    }

    /** While an epoch is being prepared, a fresh RN2 is on its way already: nothing to do. */
    static void renew(Draft<ServerState> draft) {
        Draft.require(draft.ctx.epoch().isPresent(), ErrorCode.EPOCH_CONFLICT, "the first epoch is not committed");
        if (draft.state.phase() == Phase.IDLE && draft.ctx.proposal().isEmpty()) {
            EpochOpening.openOrAwaitRotation(draft);
        }
    }

    /** The interval has passed. With an epoch open and nobody there to commit it, no further RN2 piles up. */
    static void due(Draft<ServerState> draft) {
        if (draft.ctx.epoch().isPresent()) {
            renew(draft);
        }
        if (draft.state.phase() != Phase.AWAIT_COMMIT) {
            draft.timer(EpochOpening.RN2_TIMER, draft.ctx.policy().rn2Interval());
        }
    }

    /** Sets the timer again, for what is left of the interval. */
    static void arm(Draft<ServerState> draft) {
        Duration left = Duration.between(draft.ctx.now(), Instant.ofEpochSecond(draft.state.nextRenewal()));
        draft.timer(EpochOpening.RN2_TIMER, left.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : left);
    }
}
