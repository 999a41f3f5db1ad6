// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePublicKey;
import org.sekisho.keyderivation.protocol.ServerState.Phase;
import org.sekisho.keyderivation.wire.Attempt;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;

/** Server: begins attempts, and begins them again (0035 5.2, 5.6). */
final class Attempts {

    static final String TIMER = "round";
    static final String RETRY = "retry";

    /** Attempts before the last: a DIST among those who answered. */
    static final int MOST = 5;

    static final String D1 = "d1/";
    static final String D3 = "d3/";
    static final String OK = "ok/";

    /** K1 of the epoch that waits for its commit, and of the present one. */
    static final String NEXT_K1 = "k1/next";

    static final String K1 = "k1/now";

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);

    private Attempts() {}

    /** Something new is to be done. */
    static void begin(Draft<ServerState> draft, Timings timings) {
        draft.state = draft.state.tried(0);
        next(draft, timings, Optional.empty(), false);
    }

    /** The attempt failed. */
    static void again(Draft<ServerState> draft, Timings timings, String why) {
        again(draft, timings, why, Optional.empty(), false);
    }

    /** @param answered who took part in the attempt that failed */
    static void again(
            Draft<ServerState> draft, Timings timings, String why, Optional<Set<LeafId>> answered, boolean audit) {
        draft.effect(new Effect.Audit("dmkd.restart", why));
        int tries = draft.state.tries() + 1;
        draft.state = draft.state.tried(tries);
        if (tries > MOST) {
            pend(draft);
        } else {
            next(draft, timings, answered.filter(a -> tries == MOST && !a.isEmpty()), audit);
        }
    }

    private static void next(Draft<ServerState> draft, Timings timings, Optional<Set<LeafId>> only, boolean audit) {
        clear(draft);
        if (draft.state.open().isPresent()) {
            // what was open must not be committed any more (protocol note F2)
            draft.effect(new Effect.EpochFailed("another attempt"));
        }
        draft.state = draft.state.ended();
        Optional<Plan> plan = Plan.next(draft, only);
        if (plan.isPresent()) {
            start(draft, timings, plan.get(), audit && plan.get().active().size() > 1);
        } else if (wanted(draft)) {
            pend(draft);
        } else {
            draft.state = draft.state.wishing(Optional.empty());
        }
    }

    private static boolean wanted(Draft<ServerState> draft) {
        return draft.ctx.epoch().isEmpty()
                || draft.ctx.proposal().isPresent()
                || draft.state.wish().equals(Optional.of(Op.DIST))
                || draft.state.ringHash().equals(KeyEquations.noRing());
    }

    static void pend(Draft<ServerState> draft) {
        clear(draft);
        draft.state = draft.state.ended().with(Phase.PENDING);
        int doubled = Math.min(draft.state.backoff(), 7);
        Duration pause = FIRST_RETRY.multipliedBy(1L << doubled);
        draft.timer(RETRY, pause.compareTo(LAST_RETRY) < 0 ? pause : LAST_RETRY);
        draft.state = draft.state.backedOff(doubled + 1);
    }

    static void clear(Draft<ServerState> draft) {
        for (String prefix : List.of(D1, D3, OK, LeafPages.ACTIVE)) {
            draft.deleteAll(prefix);
        }
        draft.delete(NEXT_K1);
        draft.cancel(TIMER);
        draft.cancel(CommitTurns.TIMER);
        draft.cancel(RETRY);
    }

    private static void start(Draft<ServerState> draft, Timings timings, Plan plan, boolean audit) {
        Ctx ctx = draft.ctx;
        long target = draft.epoch() + 1;
        long number = draft.state.target() == target ? draft.state.attempt() + 1 : 1;
        var attempt = Attempt.of(
                ctx.group(),
                target,
                plan.op(),
                number,
                ctx.epoch().map(Ctx.EpochView::epochHash),
                Rosters.step(draft).target(),
                Rosters.target(ctx).roster(),
                plan.active(),
                draft.state.ringHash(),
                plan.joiners(),
                audit);
        long now = ctx.now().toEpochMilli();
        var run = new ServerRun(
                plan.op(),
                attempt.hash(),
                plan.active().size(),
                attempt.representative(),
                audit,
                Optional.empty(),
                0,
                now,
                now,
                List.of(),
                0);
        LeafPages.write(draft, LeafPages.ACTIVE, plan.active());
        draft.state = draft.state.trying(target, number, Phase.ROUND_1, Awaiting.begin(draft, run, D1));
        Octets start = attempt.start().encode();
        if (plan.op() == Op.UPDATE) {
            update(draft, attempt, start);
        } else {
            draft.send(Party.EVERYONE, MessageType.START, start);
            if (plan.active().size() == 1) {
                alone(draft, attempt);
            } else {
                draft.timer(TIMER, timings.quiet());
            }
        }
    }

    /** 0035 3.11, DIST of one: the server has no part in it, and knows the header at once. */
    private static void alone(Draft<ServerState> draft, Attempt attempt) {
        open(draft, attempt);
    }

    private static void update(Draft<ServerState> draft, Attempt attempt, Octets start) {
        Hash sid = KeyEquations.sid(attempt.hash());
        Set<LeafId> absent = WelcomeDesk.absent(draft);
        Roster roster = Rosters.target(draft.ctx).roster();
        Map<LeafId, Octets> slices = new HashMap<>();
        try (SecretBytes k1 = SecretBytes.take(draft.random().next(KeyEquations.SIZE))) {
            for (RosterEntry entry : roster.entries()) {
                if (!absent.contains(entry.leaf())) {
                    seal(draft, attempt.hash(), sid, entry, k1).ifPresent(s -> slices.put(entry.leaf(), s));
                }
            }
            Secrets.put(draft, NEXT_K1, k1);
        }
        draft.send(MessageType.UPDATE, start, slices);
        open(draft, attempt);
    }

    private static void open(Draft<ServerState> draft, Attempt attempt) {
        Hash ctxHash = attempt.hash();
        Hash transcript =
                KeyEquations.transcript(ctxHash, KeyEquations.sid(ctxHash), Optional.empty(), Optional.empty());
        EpochHeader header = Rosters.header(draft, transcript);
        draft.effect(new Effect.OpenEpoch(header));
        draft.state = draft.state.opening(header).with(Phase.AWAIT_COMMIT).asking(1);
        draft.timer(CommitTurns.TIMER, CommitTurns.FIRST_PAUSE);
    }

    /** K1 for one leaf; none for a leaf whose key is no usable point, which harms nobody but itself. */
    static Optional<Octets> seal(Draft<ServerState> draft, Hash ctxHash, Hash sid, RosterEntry entry, SecretBytes k1) {
        try {
            return Optional.of(Hpke.seal(
                    new HpkePublicKey(entry.hpkeKey()),
                    KeyEquations.SEAL_K1,
                    KeyEquations.sealContext(ctxHash, sid, entry.leaf()),
                    k1,
                    draft.random()));
        } catch (IllegalArgumentException smallOrder) {
            return Optional.empty();
        }
    }
}
