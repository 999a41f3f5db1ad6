// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Party;
import org.sekisho.crypto.X25519;
import org.sekisho.keyderivation.protocol.MemberRun.Edge;
import org.sekisho.keyderivation.protocol.MemberState.Phase;
import org.sekisho.keyderivation.wire.Attempt;
import org.sekisho.keyderivation.wire.Commitment;
import org.sekisho.keyderivation.wire.Indexed;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.RoundSecrets;
import org.sekisho.keyderivation.wire.Signed;
import org.sekisho.keyderivation.wire.Start;

/** Member: a new attempt. What an earlier one left is erased before anything is answered (protocol note F2). */
final class StartHandler {

    private StartHandler() {}

    static void handle(Draft<MemberState> draft, Octets body) {
        Start start = Start.decode(body);
        Draft.require(start.op() != Op.UPDATE, ErrorCode.MALFORMED, "an update has a message of its own");
        Attempt attempt = StartCheck.check(draft, start);
        Pending.discard(draft);
        int index = attempt.indexOf(draft.self());
        if (index >= 0 && attempt.count() == 1) {
            draft.state = draft.state.trying(start.target(), start.attempt(), Phase.IDLE, Optional.empty());
            KeyHandler.alone(draft, attempt);
        } else if (index >= 0) {
            MemberRun run = run(draft, attempt, index);
            draft.state = draft.state.trying(start.target(), start.attempt(), Phase.ROUND_1, Optional.of(run));
            commit(draft, run);
        } else if (start.op() == Op.JOIN && StartCheck.holds(draft)) {
            MemberRun run = listening(draft, attempt);
            draft.state = draft.state.trying(start.target(), start.attempt(), Phase.PASSIVE, Optional.of(run));
        } else {
            // this leaf was taken for absent: a Welcome follows the commit
            draft.state = draft.state.trying(start.target(), start.attempt(), Phase.IDLE, Optional.empty());
        }
    }

    private static MemberRun run(Draft<MemberState> draft, Attempt a, int index) {
        int n = a.count();
        LeafId before = a.active().get(Math.floorMod(index - 1, n));
        LeafId after = a.active().get((index + 1) % n);
        return new MemberRun(
                a.op(),
                a.hash(),
                n,
                index,
                a.representative(),
                a.active().get(1),
                before,
                after,
                leftEdge(draft.state, a.op(), index, before),
                rightEdge(draft.state, a.op(), index, after),
                a.audit(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Edge leftEdge(MemberState state, Op op, int index, LeafId before) {
        return switch (op) {
            case JOIN -> index == 1 ? Edge.VIRTUAL : Edge.FRESH;
            case LEAVE -> state.left().filter(before::equals).isPresent() ? Edge.REUSED : Edge.FRESH;
            default -> Edge.FRESH;
        };
    }

    private static Edge rightEdge(MemberState state, Op op, int index, LeafId after) {
        return switch (op) {
            case JOIN -> index == 0 ? Edge.VIRTUAL : Edge.FRESH;
            case LEAVE -> state.right().filter(after::equals).isPresent() ? Edge.REUSED : Edge.FRESH;
            default -> Edge.FRESH;
        };
    }

    private static MemberRun listening(Draft<MemberState> draft, Attempt a) {
        LeafId second = a.active().get(1);
        return new MemberRun(
                a.op(),
                a.hash(),
                a.count(),
                -1,
                a.representative(),
                second,
                second,
                second,
                Edge.VIRTUAL,
                Edge.VIRTUAL,
                a.audit(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** 0035 3.3, 3.4: D1. What was drawn is stored with the state before anything is sent. */
    private static void commit(Draft<MemberState> draft, MemberRun run) {
        try (SecretBytes st = draft.staticSecret();
                SecretBytes rho = SecretBytes.take(draft.random().next(KeyEquations.RHO_SIZE));
                RoundSecrets drawn = KeyEquations.roundSecrets(st, rho, run.ctxHash())) {
            Secrets.put(draft, Pending.R, drawn.r());
            Secrets.put(draft, Pending.K, drawn.k());
            Secrets.put(draft, Pending.S, drawn.s());
            Optional<Octets> point = run.shows() ? Optional.of(X25519.publicKey(drawn.r())) : Optional.empty();
            var d1 = new Commitment(
                    run.ctxHash(),
                    draft.self(),
                    point,
                    KeyEquations.commitment(run.ctxHash(), draft.self(), drawn.k(), drawn.s()));
            Octets bytes = d1.encode();
            var signed = new Signed(bytes, draft.ctx.sign(Commitment.LABEL, bytes));
            draft.send(Party.SERVER, MessageType.ROUND_1, new Indexed(run.index(), signed).encode());
        }
    }
}
