// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Party;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.X25519;
import org.sekisho.keyderivation.protocol.MemberState.Phase;
import org.sekisho.keyderivation.wire.Commitment;
import org.sekisho.keyderivation.wire.Complaint;
import org.sekisho.keyderivation.wire.Indexed;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Neighbours;
import org.sekisho.keyderivation.wire.Opening;
import org.sekisho.keyderivation.wire.Signed;

/** Member: the neighbours' D1 are here; D3 is made. One answer per attempt: no D3 for two sids (protocol note 3.7, I3). */
final class NeighbourHandler {

    private NeighbourHandler() {}

    static void handle(Draft<MemberState> draft, Octets body, Optional<Octets> slice) {
        Neighbours d2 = Neighbours.decode(body);
        if (KeyHandler.isOther(draft, d2.ctxHash(), Phase.ROUND_1) || slice.isEmpty()) {
            return;
        }
        MemberRun run = draft.state.run().orElseThrow();
        Neighbours.Slice own = Neighbours.Slice.decode(slice.get());
        boolean place = own.index() == run.index() && d2.count() == run.count();
        Draft.require(place, ErrorCode.EPOCH_CONFLICT, "another place in the ring");
        Commitment first = verified(draft, run, d2.first(), run.first());
        MemberRun bound = run.bound(d2.sid(), Sha256.hash(d2.first().bytes()), first.commitment());
        try (SecretBytes left = left(draft, run, own, first);
                SecretBytes right = right(draft, run, own);
                SecretBytes leftEdge =
                        KeyEquations.edge(left, run.ctxHash(), d2.sid(), run.leftEdge(), run.before(), draft.self());
                SecretBytes rightEdge =
                        KeyEquations.edge(right, run.ctxHash(), d2.sid(), run.index(), draft.self(), run.after())) {
            answer(draft, bound, leftEdge, rightEdge);
            Pending.endRun(draft);
            if (!run.audit()) {
                Secrets.put(draft, Pending.X_LEFT, left);
                Secrets.put(draft, Pending.X_RIGHT, right);
            }
            // 0035 3.9: an audit ends here, and no D4 is taken
            draft.state = draft.state.in(
                    run.audit() ? Phase.IDLE : Phase.ROUND_2, run.audit() ? Optional.empty() : Optional.of(bound));
        } catch (AuthenticationFailedException smallOrder) {
            complain(draft, run, Complaint.Reason.POINT, slice.get());
        }
    }

    /** A D1 of this attempt by {@code leaf}, signed by its key in the roster (protocol note F1). */
    static Commitment verified(Draft<MemberState> draft, MemberRun run, Signed signed, LeafId leaf) {
        Commitment d1 = Commitment.decode(signed.bytes());
        signed.require(Commitment.LABEL, Rosters.idKey(Rosters.target(draft.ctx).roster(), leaf));
        boolean genuine = d1.leaf().equals(leaf) && d1.ctxHash().equals(run.ctxHash());
        Draft.require(genuine, ErrorCode.BAD_SIGNATURE, "a D1 of another leaf or attempt");
        return d1;
    }

    private static SecretBytes left(Draft<MemberState> draft, MemberRun run, Neighbours.Slice slice, Commitment first) {
        return switch (run.left()) {
            case FRESH -> fresh(draft, run, slice.left(), run.before());
            case REUSED -> Secrets.require(draft, Pending.LEFT);
            case VIRTUAL -> {
                try (SecretBytes rs = Secrets.require(draft, Pending.RS);
                        SecretBytes scalar = KeyEquations.virtualScalar(rs, run.ctxHash())) {
                    yield KeyEquations.agree(scalar, point(first));
                }
            }
        };
    }

    private static SecretBytes right(Draft<MemberState> draft, MemberRun run, Neighbours.Slice slice) {
        return switch (run.right()) {
            case FRESH -> fresh(draft, run, slice.right(), run.after());
            case REUSED -> Secrets.require(draft, Pending.RIGHT);
            case VIRTUAL -> {
                try (SecretBytes rs = Secrets.require(draft, Pending.RS);
                        SecretBytes scalar = KeyEquations.virtualScalar(rs, run.ctxHash());
                        SecretBytes r = Secrets.require(draft, Pending.R)) {
                    yield KeyEquations.agree(r, X25519.publicKey(scalar));
                }
            }
        };
    }

    private static SecretBytes fresh(
            Draft<MemberState> draft, MemberRun run, Optional<Signed> signed, LeafId neighbour) {
        Signed d1 = signed.orElseThrow(() -> SekishoException.of(ErrorCode.MALFORMED, "a neighbour is not named"));
        Commitment verified = verified(draft, run, d1, neighbour);
        try (SecretBytes r = Secrets.require(draft, Pending.R)) {
            return KeyEquations.agree(r, point(verified));
        }
    }

    static Octets point(Commitment d1) {
        return d1.point().orElseThrow(() -> SekishoException.of(ErrorCode.MALFORMED, "a neighbour shows no point"));
    }

    /** 0035 3.7 to 3.9. */
    private static void answer(Draft<MemberState> draft, MemberRun run, SecretBytes left, SecretBytes right) {
        Octets sum = KeyEquations.sum(left, right);
        Optional<Octets> opening = Optional.empty();
        Optional<Octets> edges = Optional.empty();
        if (run.audit()) {
            edges = Optional.of(left.use(l -> right.use(r -> Octets.concat(Octets.of(l), Octets.of(r)))));
        } else {
            opening = Optional.of(opening(draft, run, left));
        }
        Octets bytes = new Opening(run.ctxHash(), run.sid().orElseThrow(), draft.self(), sum, opening, edges).encode();
        var signed = new Signed(bytes, draft.ctx.sign(Opening.LABEL, bytes));
        draft.send(Party.SERVER, MessageType.ROUND_2, new Indexed(run.index(), signed).encode());
    }

    private static Octets opening(Draft<MemberState> draft, MemberRun run, SecretBytes left) {
        try (SecretBytes k = Secrets.require(draft, Pending.K);
                SecretBytes s = Secrets.require(draft, Pending.S)) {
            if (run.index() == 0) {
                return KeyEquations.mask(left, run.ctxHash(), run.sid().orElseThrow(), draft.self(), k, s);
            }
            return k.use(kk -> s.use(ss -> Octets.concat(Octets.of(kk), Octets.of(ss))));
        }
    }

    /** Tells the server, forgets the attempt and waits for the next. */
    static void complain(Draft<MemberState> draft, MemberRun run, Complaint.Reason reason, Octets proof) {
        Pending.discard(draft);
        draft.state = draft.state.in(Phase.IDLE, Optional.empty());
        var complaint = new Complaint(run.index(), run.ctxHash(), reason);
        draft.evidence("dmkd complaint " + reason, proof);
        if (!run.passive()) {
            draft.send(Party.SERVER, MessageType.COMPLAINT, complaint.encode());
        }
    }
}
