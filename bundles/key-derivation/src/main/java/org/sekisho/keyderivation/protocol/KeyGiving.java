// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.crypto.Sha256;
import org.sekisho.keyderivation.protocol.ServerState.Phase;
import org.sekisho.keyderivation.wire.Distribution;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Opening;
import org.sekisho.keyderivation.wire.Signed;

/** Server: D4. Its own part is drawn, sealed to every leaf, and kept for Welcomes; what members sent is forgotten. */
final class KeyGiving {

    private KeyGiving() {}

    static void give(Draft<ServerState> draft, Timings timings, List<Opening> all) {
        ServerRun run = draft.state.run().orElseThrow();
        Hash sid = run.sid().orElseThrow();
        Octets mask = all.get(0).opening().orElseThrow();
        Octets kPrime = Octets.of(draft.random().next(KeyEquations.SIZE));
        for (Opening d3 : all.subList(1, all.size())) {
            kPrime = KeyEquations.xor(kPrime, d3.opening().orElseThrow().slice(0, KeyEquations.SIZE));
        }
        Signed first = RoundIntake.signed(draft, Attempts.D1).get(0);
        Optional<Distribution.Passive> passive = run.op() == Op.JOIN
                ? Optional.of(new Distribution.Passive(first, all.get(0).sum()))
                : Optional.empty();
        var d4 = new Distribution(run.ctxHash(), sid, kPrime, mask, Sha256.hash(first.bytes()), passive);
        Map<LeafId, Octets> slices;
        try (SecretBytes k1 = SecretBytes.take(draft.random().next(KeyEquations.SIZE))) {
            slices = slices(draft, run, sid, all, k1);
            Secrets.put(draft, Attempts.NEXT_K1, k1);
        }
        draft.send(MessageType.KEYS, d4.encode(), slices);
        draft.deleteAll(Attempts.D1);
        draft.deleteAll(Attempts.D3);
        Hash transcript =
                KeyEquations.transcript(run.ctxHash(), sid, Optional.of(kPrime), Optional.of(Sha256.hash(mask)));
        long now = draft.ctx.now().toEpochMilli();
        draft.state = draft.state
                .in(Phase.CONFIRM, Awaiting.begin(draft, run.round(run.sid(), now), Attempts.OK))
                .opening(Rosters.header(draft, transcript));
        draft.timer(Attempts.TIMER, timings.quiet());
    }

    private static Map<LeafId, Octets> slices(
            Draft<ServerState> draft, ServerRun run, Hash sid, List<Opening> all, SecretBytes k1) {
        Map<LeafId, Octets> prefixes = new HashMap<>();
        Octets prefix = Octets.of(new byte[KeyEquations.SIZE]);
        for (Opening d3 : all) {
            prefixes.put(d3.leaf(), prefix);
            prefix = KeyEquations.xor(prefix, d3.sum());
        }
        boolean join = run.op() == Op.JOIN;
        Set<LeafId> absent = join ? WelcomeDesk.absent(draft) : new HashSet<>();
        Map<LeafId, Octets> slices = new HashMap<>();
        for (RosterEntry entry : Rosters.target(draft.ctx).roster().entries()) {
            Optional<Octets> own = Optional.ofNullable(prefixes.get(entry.leaf()));
            if (own.isPresent() || join && !absent.contains(entry.leaf())) {
                Attempts.seal(draft, run.ctxHash(), sid, entry, k1)
                        .ifPresent(part -> slices.put(entry.leaf(), new Distribution.Slice(own, part).encode()));
            }
        }
        return slices;
    }
}
