// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.X25519;
import org.sekisho.keyderivation.protocol.ServerState.Phase;
import org.sekisho.keyderivation.wire.Commitment;
import org.sekisho.keyderivation.wire.Indexed;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Neighbours;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Opening;
import org.sekisho.keyderivation.wire.Signed;

/** Server: D1 and D3, each kept in a part of its own until the round is complete. */
final class RoundIntake {

    /** Any scalar: clamped, it is a multiple of the cofactor. */
    private static final byte[] SOME_SCALAR = new byte[X25519.KEY_SIZE];

    private RoundIntake() {}

    static void first(Draft<ServerState> draft, Timings timings, LeafId from, Octets body) {
        Indexed sent = Indexed.decode(body);
        Commitment d1 = Commitment.decode(sent.signed().bytes());
        if (isOver(draft, Phase.ROUND_1, d1.ctxHash())) {
            return;
        }
        ServerRun run = draft.state.run().orElseThrow();
        requireSender(draft, run, from, sent, d1.leaf(), Commitment.LABEL);
        if (d1.point().filter(RoundIntake::isSmallOrder).isPresent()
                || run.op() != Op.LEAVE && d1.point().isEmpty()) {
            draft.evidence("dmkd point", body);
            Away.flaky(draft, from, timings.flaky());
            Attempts.again(draft, timings, "a point of small order");
            return;
        }
        if (keep(draft, Attempts.D1, from, sent, body)
                && draft.state.run().orElseThrow().got() == run.count()) {
            neighbours(draft, timings);
        }
    }

    /** Whether a message belongs to an attempt or round that is over; late ones are no fault. */
    static boolean isOver(Draft<ServerState> draft, Phase phase, Hash ctxHash) {
        return draft.state.phase() != phase
                || draft.state.run().filter(r -> r.ctxHash().equals(ctxHash)).isEmpty();
    }

    private static void requireSender(
            Draft<ServerState> draft, ServerRun run, LeafId from, Indexed sent, LeafId named, String label) {
        boolean place = sent.index() < run.count()
                && LeafPages.at(draft, LeafPages.ACTIVE, sent.index()).equals(from)
                && named.equals(from);
        Draft.require(place, ErrorCode.WRONG_AUDIENCE, "not the sender's place in the ring");
        sent.signed().require(label, Rosters.idKey(Rosters.target(draft.ctx).roster(), from));
    }

    /** False when it was here before. Two different ones of one attempt are evidence; the first counts. */
    private static boolean keep(Draft<ServerState> draft, String prefix, LeafId from, Indexed sent, Octets body) {
        String key = prefix + LeafPages.number(sent.index());
        Optional<Octets> before = draft.part(key);
        if (before.isPresent()) {
            if (!before.get().equals(body)) {
                draft.evidence("dmkd two answers", Octets.concat(before.get(), body));
            }
            return false;
        }
        draft.put(key, body);
        ServerRun run = draft.state.run().orElseThrow().heard(draft.ctx.now().toEpochMilli());
        draft.state = draft.state.in(draft.state.phase(), Awaiting.heard(draft, run, from, prefix));
        return true;
    }

    static boolean isSmallOrder(Octets point) {
        try (SecretBytes scalar = SecretBytes.copyOf(SOME_SCALAR)) {
            X25519.multiply(scalar, point).close();
            return false;
        } catch (AuthenticationFailedException zero) {
            return true;
        }
    }

    static List<Signed> signed(Draft<ServerState> draft, String prefix) {
        List<Signed> all = new ArrayList<>();
        for (String key : draft.allKeys(prefix)) {
            all.add(Indexed.decode(draft.part(key).orElseThrow()).signed());
        }
        return all;
    }

    /** D2: everybody gets its neighbours' D1, where the edge is fresh. */
    private static void neighbours(Draft<ServerState> draft, Timings timings) {
        ServerRun run = draft.state.run().orElseThrow();
        List<Signed> signed = signed(draft, Attempts.D1);
        List<Commitment> all =
                signed.stream().map(s -> Commitment.decode(s.bytes())).toList();
        boolean[] fresh = fresh(draft, run, all);
        for (int i = 0; i < all.size(); i++) {
            boolean needed = fresh[i] || fresh[Math.floorMod(i - 1, all.size())];
            if (needed && all.get(i).point().isEmpty()) {
                Away.flaky(draft, all.get(i).leaf(), timings.flaky());
                Attempts.again(draft, timings, "a point is missing");
                return;
            }
        }
        Hash sid = KeyEquations.sid(run.ctxHash(), all);
        Map<LeafId, Octets> slices = new HashMap<>();
        int n = all.size();
        for (int i = 0; i < n; i++) {
            int before = Math.floorMod(i - 1, n);
            int after = (i + 1) % n;
            var slice = new Neighbours.Slice(
                    i,
                    fresh[before] ? Optional.of(signed.get(before)) : Optional.empty(),
                    fresh[i] ? Optional.of(signed.get(after)) : Optional.empty());
            slices.put(all.get(i).leaf(), slice.encode());
        }
        draft.send(MessageType.ROUND_1_DONE, new Neighbours(run.ctxHash(), sid, n, signed.get(0)).encode(), slices);
        long now = draft.ctx.now().toEpochMilli();
        draft.state =
                draft.state.in(Phase.ROUND_2, Awaiting.begin(draft, run.round(Optional.of(sid), now), Attempts.D3));
        draft.timer(Attempts.TIMER, timings.quiet());
    }

    /** Which edges of the attempt are made by Diffie-Hellman between their two ends. */
    private static boolean[] fresh(Draft<ServerState> draft, ServerRun run, List<Commitment> all) {
        boolean[] fresh = new boolean[all.size()];
        Map<LeafId, LeafId> next =
                run.op() == Op.LEAVE ? Plan.successors(LeafPages.read(draft, LeafPages.RING)) : Map.of();
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = switch (run.op()) {
                case JOIN -> i != 0;
                case LEAVE ->
                    Plan.isFresh(
                            next,
                            all.get(i).leaf(),
                            all.get((i + 1) % fresh.length).leaf());
                default -> true;
            };
        }
        return fresh;
    }

    static void second(Draft<ServerState> draft, Timings timings, LeafId from, Octets body) {
        Indexed sent = Indexed.decode(body);
        Opening d3 = Opening.decode(sent.signed().bytes());
        if (isOver(draft, Phase.ROUND_2, d3.ctxHash())) {
            return;
        }
        ServerRun run = draft.state.run().orElseThrow();
        requireSender(draft, run, from, sent, d3.leaf(), Opening.LABEL);
        boolean session = run.sid().filter(d3.sid()::equals).isPresent();
        Draft.require(session, ErrorCode.EPOCH_CONFLICT, "a D3 of another session");
        if (!opens(draft, run, sent.index(), d3)) {
            draft.evidence("dmkd opening", body);
            Away.flaky(draft, from, timings.flaky());
            Attempts.again(draft, timings, "an opening that is none");
            return;
        }
        if (keep(draft, Attempts.D3, from, sent, body)
                && draft.state.run().orElseThrow().got() == run.count()) {
            complete(draft, timings);
        }
    }

    private static boolean opens(Draft<ServerState> draft, ServerRun run, int index, Opening d3) {
        if (run.audit()) {
            return d3.opening().isEmpty() && d3.edges().isPresent();
        }
        if (d3.opening().isEmpty() || d3.edges().isPresent()) {
            return false;
        }
        Octets opening = d3.opening().get();
        if (index == 0) {
            return opening.size() == Opening.MASK;
        }
        Octets kept = draft.part(Attempts.D1 + LeafPages.number(index)).orElseThrow();
        Commitment d1 = Commitment.decode(Indexed.decode(kept).signed().bytes());
        try (SecretBytes both = SecretBytes.take(opening.toByteArray())) {
            return opening.size() == Opening.PLAIN
                    && KeyEquations.opens(d1.commitment(), run.ctxHash(), d3.leaf(), both);
        }
    }

    private static void complete(Draft<ServerState> draft, Timings timings) {
        List<Opening> all = signed(draft, Attempts.D3).stream()
                .map(s -> Opening.decode(s.bytes()))
                .toList();
        Octets total = all.stream().map(Opening::sum).reduce(KeyEquations::xor).orElseThrow();
        boolean closed = total.equals(Octets.of(new byte[KeyEquations.SIZE]));
        ServerRun run = draft.state.run().orElseThrow();
        if (run.audit()) {
            judge(draft, timings, all);
        } else if (closed) {
            KeyGiving.give(draft, timings, all);
        } else {
            Attempts.again(draft, timings, "the ring does not close", Optional.of(answered(draft)), true);
        }
    }

    static Set<LeafId> answered(Draft<ServerState> draft) {
        return new HashSet<>(LeafPages.read(draft, LeafPages.ACTIVE));
    }

    /** 0035 3.9: an audit shows who lied about its sum, and which edges have two values. */
    private static void judge(Draft<ServerState> draft, Timings timings, List<Opening> all) {
        List<Signed> signed = signed(draft, Attempts.D3);
        int n = all.size();
        for (int i = 0; i < n; i++) {
            Octets edges = all.get(i).edges().orElseThrow();
            Octets sum = KeyEquations.xor(edges.slice(0, 32), edges.slice(32, 64));
            if (!sum.equals(all.get(i).sum())) {
                draft.evidence("dmkd sum", signed.get(i).bytes());
                Away.flaky(draft, all.get(i).leaf(), timings.flaky());
            }
            Octets next = all.get((i + 1) % n).edges().orElseThrow();
            if (!edges.slice(32, 64).equals(next.slice(0, 32))) {
                LeafId left = all.get(i).leaf();
                LeafId right = all.get((i + 1) % n).leaf();
                draft.evidence(
                        "dmkd edge",
                        Octets.concat(
                                signed.get(i).bytes(), signed.get((i + 1) % n).bytes()));
                Suspects.add(draft, left, right, timings.flaky());
            }
        }
        Attempts.again(draft, timings, "after an audit");
    }
}
