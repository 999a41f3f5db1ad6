// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Effect;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Sha256;
import org.sekisho.keyderivation.protocol.MemberRun.Edge;
import org.sekisho.keyderivation.protocol.MemberState.Phase;
import org.sekisho.keyderivation.wire.Attempt;
import org.sekisho.keyderivation.wire.Commitment;
import org.sekisho.keyderivation.wire.Complaint;
import org.sekisho.keyderivation.wire.Confirmation;
import org.sekisho.keyderivation.wire.Distribution;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Start;

/** Member: the next epoch's key, by whichever operation. */
final class KeyHandler {

    private KeyHandler() {}

    /** Whether a message is not for the attempt this leaf is in; who comes back reads many that are over. */
    static boolean isOther(Draft<MemberState> draft, Hash ctxHash, Phase phase) {
        return draft.state.phase() != phase
                || draft.state.run().filter(r -> r.ctxHash().equals(ctxHash)).isEmpty();
    }

    /** D4: who was active, and in a JOIN who only listened. */
    static void handle(Draft<MemberState> draft, Octets body, Optional<Octets> slice) {
        Distribution d4 = Distribution.decode(body);
        boolean passive = draft.state.phase() == Phase.PASSIVE;
        if (isOther(draft, d4.ctxHash(), passive ? Phase.PASSIVE : Phase.ROUND_2) || slice.isEmpty()) {
            return;
        }
        MemberRun run = draft.state.run().orElseThrow();
        Draft.require(!run.audit(), ErrorCode.POLICY_VIOLATION, "an audit makes no key");
        Distribution.Slice own = Distribution.Slice.decode(slice.get());
        if (passive) {
            Distribution.Passive given = d4.passive().orElseThrow(KeyHandler::incomplete);
            Commitment first = NeighbourHandler.verified(draft, run, given.first(), run.first());
            MemberRun bound = run.bound(d4.sid(), Sha256.hash(given.first().bytes()), first.commitment());
            draft.state = draft.state.in(Phase.PASSIVE, Optional.of(bound));
            try (SecretBytes edge = virtualEdge(draft, bound, first);
                    SecretBytes k1l = KeyEquations.xor(edge, given.firstSum())) {
                open(draft, bound, d4, own, k1l);
            } catch (AuthenticationFailedException smallOrder) {
                NeighbourHandler.complain(draft, bound, Complaint.Reason.POINT, body);
            }
        } else {
            boolean same = run.sid().filter(d4.sid()::equals).isPresent()
                    && run.first1().filter(d4.firstHash()::equals).isPresent();
            Draft.require(same, ErrorCode.EPOCH_CONFLICT, "a D4 of another session");
            try (SecretBytes k1l = lastEdge(draft, run, own)) {
                open(draft, run, d4, own, k1l);
            }
        }
    }

    private static RuntimeException incomplete() {
        return SekishoException.of(ErrorCode.MALFORMED, "what listeners need is not there");
    }

    private static SecretBytes virtualEdge(Draft<MemberState> draft, MemberRun run, Commitment first) {
        try (SecretBytes rs = Secrets.require(draft, Pending.RS);
                SecretBytes scalar = KeyEquations.virtualScalar(rs, run.ctxHash());
                SecretBytes x = KeyEquations.agree(scalar, NeighbourHandler.point(first))) {
            return KeyEquations.edge(x, run.ctxHash(), run.sid().orElseThrow(), 0, run.first(), run.second());
        }
    }

    /** 0035 3.7: K1l. */
    private static SecretBytes lastEdge(Draft<MemberState> draft, MemberRun run, Distribution.Slice own) {
        try (SecretBytes x = Secrets.require(draft, Pending.X_LEFT);
                SecretBytes edge = KeyEquations.edge(
                        x, run.ctxHash(), run.sid().orElseThrow(), run.leftEdge(), run.before(), draft.self())) {
            Octets prefix = own.prefix().orElseThrow(KeyHandler::incomplete);
            return run.index() == 0 ? edge.duplicate() : KeyEquations.xor(edge, prefix);
        }
    }

    private static void open(
            Draft<MemberState> draft, MemberRun run, Distribution d4, Distribution.Slice own, SecretBytes k1l) {
        Hash sid = d4.sid();
        Optional<SecretBytes> opened = KeyEquations.openMask(k1l, run.ctxHash(), sid, run.first(), d4.mask());
        if (opened.isEmpty()) {
            NeighbourHandler.complain(draft, run, Complaint.Reason.MASK, d4.encode());
            return;
        }
        Octets context = KeyEquations.sealContext(run.ctxHash(), sid, draft.self());
        Optional<SecretBytes> k1 = draft.ctx.open(KeyEquations.SEAL_K1, context, own.sealed());
        try (SecretBytes both = opened.get();
                SecretBytes k0 = KeyEquations.part(both, 0);
                SecretBytes k2 = KeyEquations.memberPart(run.ctxHash(), sid, d4.sum(), k0, k1l)) {
            if (!KeyEquations.opens(run.commitment().orElseThrow(), run.ctxHash(), run.first(), both)) {
                NeighbourHandler.complain(draft, run, Complaint.Reason.COMMITMENT, d4.encode());
            } else if (k1.filter(k -> k.size() == KeyEquations.SIZE).isEmpty()) {
                NeighbourHandler.complain(draft, run, Complaint.Reason.SERVER_PART, own.sealed());
            } else {
                Hash transcript = KeyEquations.transcript(
                        run.ctxHash(), sid, Optional.of(d4.sum()), Optional.of(Sha256.hash(d4.mask())));
                ready(draft, run, transcript, k2, k1.get());
            }
        } finally {
            k1.ifPresent(SecretBytes::close);
        }
    }

    private static void ready(
            Draft<MemberState> draft, MemberRun run, Hash transcript, SecretBytes k2, SecretBytes k1) {
        EpochHeader header = Rosters.header(draft, transcript);
        Hash headerHash = draft.ctx.hash(header);
        SecretBytes secret = KeyEquations.schemeSecret(k1, k2);
        boolean freshLeft = !run.passive() && run.left() == Edge.FRESH;
        boolean freshRight = !run.passive() && run.right() == Edge.FRESH;
        Optional<LeafId> left = freshLeft ? Optional.of(run.before()) : draft.state.left();
        Optional<LeafId> right = freshRight ? Optional.of(run.after()) : draft.state.right();
        Optional<SecretBytes> newLeft = freshLeft
                ? Optional.of(fresh(draft, Pending.X_LEFT, headerHash, run.before(), draft.self()))
                : ratcheted(draft, Pending.LEFT, headerHash);
        Optional<SecretBytes> newRight = freshRight
                ? Optional.of(fresh(draft, Pending.X_RIGHT, headerHash, draft.self(), run.after()))
                : ratcheted(draft, Pending.RIGHT, headerHash);
        var next = new Pending.Next(header, KeyEquations.ring(run.ctxHash()), false, left, right);
        keep(draft, next, headerHash, secret, k2, newLeft, newRight);
        Pending.endRun(draft);
        if (!run.passive()) {
            Octets tag = KeyEquations.leafTag(secret, headerHash, draft.self());
            var d5 = new Confirmation(run.index(), run.ctxHash(), headerHash, tag);
            draft.send(Party.SERVER, MessageType.CONFIRM, d5.encode());
        }
        // the host takes the secret over and closes it
        draft.effect(new Effect.EpochReady(header, secret));
        draft.state = draft.state.in(Phase.KEYED, Optional.of(run));
    }

    private static SecretBytes fresh(Draft<MemberState> draft, String key, Hash headerHash, LeafId left, LeafId right) {
        try (SecretBytes x = Secrets.require(draft, key)) {
            return KeyEquations.freshEdge(x, headerHash, left, right);
        }
    }

    private static Optional<SecretBytes> ratcheted(Draft<MemberState> draft, String key, Hash headerHash) {
        return Secrets.get(draft, key).map(h -> {
            try (h) {
                return KeyEquations.ratchet(h, headerHash);
            }
        });
    }

    private static void keep(
            Draft<MemberState> draft,
            Pending.Next next,
            Hash headerHash,
            SecretBytes secret,
            SecretBytes k2,
            Optional<SecretBytes> left,
            Optional<SecretBytes> right) {
        try (SecretBytes rs = KeyEquations.state(secret, headerHash)) {
            Pending.keep(draft, next, rs, k2, left, right);
        } finally {
            left.ifPresent(SecretBytes::close);
            right.ifPresent(SecretBytes::close);
        }
    }

    /** A new time frame. */
    static void update(Draft<MemberState> draft, Octets body, Optional<Octets> slice) {
        Start start = Start.decode(body);
        Draft.require(start.op() == Op.UPDATE, ErrorCode.MALFORMED, "not an update");
        Attempt attempt = StartCheck.check(draft, start);
        Pending.discard(draft);
        draft.state = draft.state.trying(start.target(), start.attempt(), Phase.IDLE, Optional.empty());
        if (!StartCheck.holds(draft) || slice.isEmpty()) {
            return;
        }
        Hash ctxHash = attempt.hash();
        Hash sid = KeyEquations.sid(ctxHash);
        Octets context = KeyEquations.sealContext(ctxHash, sid, draft.self());
        try (SecretBytes k1 = draft.ctx
                        .open(KeyEquations.SEAL_K1, context, slice.get())
                        .filter(k -> k.size() == KeyEquations.SIZE)
                        .orElseThrow(
                                () -> SekishoException.of(ErrorCode.CANNOT_OPEN, "the server's part does not open"));
                SecretBytes rs = Secrets.require(draft, Pending.RS);
                SecretBytes k2 = KeyEquations.updatePart(rs, ctxHash)) {
            Hash transcript = KeyEquations.transcript(ctxHash, sid, Optional.empty(), Optional.empty());
            EpochHeader header = Rosters.header(draft, transcript);
            Hash headerHash = draft.ctx.hash(header);
            SecretBytes secret = KeyEquations.schemeSecret(k1, k2);
            var next = new Pending.Next(header, draft.state.ringHash(), false, draft.state.left(), draft.state.right());
            keep(
                    draft,
                    next,
                    headerHash,
                    secret,
                    k2,
                    ratcheted(draft, Pending.LEFT, headerHash),
                    ratcheted(draft, Pending.RIGHT, headerHash));
            draft.effect(new Effect.EpochReady(header, secret));
            draft.state = draft.state.with(Phase.KEYED);
            CommitHandler.begin(draft, header, attempt.representative());
        }
    }

    /** 0035 3.11: a ring of one. */
    static void alone(Draft<MemberState> draft, Attempt attempt) {
        Hash ctxHash = attempt.hash();
        Hash transcript =
                KeyEquations.transcript(ctxHash, KeyEquations.sid(ctxHash), Optional.empty(), Optional.empty());
        EpochHeader header = Rosters.header(draft, transcript);
        Hash headerHash = draft.ctx.hash(header);
        try (SecretBytes st = draft.staticSecret();
                SecretBytes rho = SecretBytes.take(draft.random().next(KeyEquations.RHO_SIZE))) {
            SecretBytes secret = KeyEquations.solo(st, rho, ctxHash);
            var next = new Pending.Next(header, KeyEquations.ring(ctxHash), true, Optional.empty(), Optional.empty());
            // what a Welcome carries is the secret itself: there is no server's part
            keep(draft, next, headerHash, secret, secret, Optional.empty(), Optional.empty());
            draft.effect(new Effect.EpochReady(header, secret));
        }
        draft.state = draft.state.with(Phase.KEYED);
        CommitHandler.begin(draft, header, draft.self());
    }
}
