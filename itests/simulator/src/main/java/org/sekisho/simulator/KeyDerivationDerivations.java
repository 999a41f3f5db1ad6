// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Roster;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.keyderivation.wire.Attempt;
import org.sekisho.keyderivation.wire.Commitment;
import org.sekisho.keyderivation.wire.Distribution;
import org.sekisho.keyderivation.wire.Indexed;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.keyderivation.wire.MessageType;
import org.sekisho.keyderivation.wire.Op;
import org.sekisho.keyderivation.wire.Opening;
import org.sekisho.keyderivation.wire.Start;

/**
 * The attacker of src/test/model/attacks.py on what real nodes held: every 32 octets of the leaf as an edge's secret, an edge, rs
 * or a scalar, in every attempt the server has seen, along the chain of T; what a mask gives away with every K1.
 */
final class KeyDerivationDerivations implements Derivations {

    /** One attempt as the server saw it. */
    private record Seen(Attempt attempt, Map<Integer, Commitment> firsts, Map<Integer, Opening> openings) {

        Seen(Attempt attempt) {
            this(attempt, new TreeMap<>(), new TreeMap<>());
        }

        int count() {
            return attempt.active().size();
        }

        boolean complete() {
            return openings.size() == count() && firsts.size() == count() && !attempt.audit();
        }

        Octets mask() {
            return openings.get(0).opening().orElse(Octets.EMPTY);
        }
    }

    @Override
    public Set<Octets> secrets(GroupId group, Loot server, Loot leaf) {
        Map<Hash, Seen> attempts = attempts(group, server);
        Map<Hash, Octets> sums = new TreeMap<>(java.util.Comparator.comparing(Hash::value));
        for (Octets body : server.messages(MessageType.KEYS)) {
            Distribution d4 = Distribution.decode(body);
            sums.put(d4.ctxHash(), d4.sum());
        }
        Set<Octets> secrets = new HashSet<>();
        for (Seen seen : attempts.values()) {
            Hash ctxHash = seen.attempt().hash();
            if (seen.attempt().op() == Op.UPDATE) {
                leaf.words().forEach(rs -> mix(secrets, server, derive(rs, s -> KeyEquations.updatePart(s, ctxHash))));
            } else if (seen.complete() && sums.containsKey(ctxHash)) {
                ring(seen, leaf, sums.get(ctxHash)).forEach(k2 -> mix(secrets, server, k2));
            }
        }
        return secrets;
    }

    private static Map<Hash, Seen> attempts(GroupId group, Loot server) {
        Map<Hash, Seen> attempts = new TreeMap<>(java.util.Comparator.comparing(Hash::value));
        List<Octets> starts = new ArrayList<>(server.messages(MessageType.START));
        starts.addAll(server.messages(MessageType.UPDATE));
        for (Octets body : starts) {
            Start start = Start.decode(body);
            Roster roster = server.rosters().get(start.rosterHash());
            if (roster != null) {
                Attempt attempt = start.resolve(group, roster);
                attempts.put(attempt.hash(), new Seen(attempt));
            }
        }
        for (Octets body : server.messages(MessageType.ROUND_1)) {
            inner(body).ifPresent(i -> {
                Commitment d1 = Commitment.decode(i.signed().bytes());
                Optional.ofNullable(attempts.get(d1.ctxHash()))
                        .ifPresent(seen -> seen.firsts().put(i.index(), d1));
            });
        }
        for (Octets body : server.messages(MessageType.ROUND_2)) {
            inner(body).ifPresent(i -> {
                Opening d3 = Opening.decode(i.signed().bytes());
                Optional.ofNullable(attempts.get(d3.ctxHash()))
                        .ifPresent(seen -> seen.openings().put(i.index(), d3));
            });
        }
        return attempts;
    }

    private static Optional<Indexed> inner(Octets body) {
        try {
            return Optional.of(Indexed.decode(body));
        } catch (RejectedException forged) {
            return Optional.empty();
        }
    }

    /** K2 for every way to K_1^l that opens the mask. */
    private static Set<Octets> ring(Seen seen, Loot leaf, Octets sum) {
        Attempt attempt = seen.attempt();
        Hash ctxHash = attempt.hash();
        Hash sid = seen.openings().get(0).sid();
        int n = seen.count();
        Set<Octets> ends = new HashSet<>();
        for (int i = 0; i < n; i++) {
            LeafId left = attempt.active().get(i);
            LeafId right = attempt.active().get((i + 1) % n);
            for (Octets word : leaf.words()) {
                ends.add(walk(seen, i, word));
                int at = i;
                ends.add(walk(seen, i, derive(word, x -> KeyEquations.edge(x, ctxHash, sid, at, left, right))));
            }
        }
        scalars(seen, leaf).forEach((i, edges) -> edges.forEach(edge -> ends.add(walk(seen, i, edge))));
        Set<Octets> k2s = new HashSet<>();
        for (Octets end : ends) {
            try (SecretBytes k1l = secret(end)) {
                KeyEquations.openMask(k1l, ctxHash, sid, attempt.representative(), seen.mask())
                        .ifPresent(opened -> {
                            try (opened;
                                    SecretBytes k0 = KeyEquations.part(opened, 0);
                                    SecretBytes k2 = KeyEquations.memberPart(ctxHash, sid, sum, k0, k1l)) {
                                k2s.add(k2.use(Octets::of));
                            }
                        });
            }
        }
        return k2s;
    }

    /** Edges of own scalars with the points of both neighbours, and of the virtual user with the representative's. */
    private static Map<Integer, Set<Octets>> scalars(Seen seen, Loot leaf) {
        Attempt attempt = seen.attempt();
        Hash ctxHash = attempt.hash();
        Hash sid = seen.openings().get(0).sid();
        int n = seen.count();
        Map<Integer, Set<Octets>> edges = new TreeMap<>();
        Set<Octets> scalars = leaf.words("run/");
        for (Octets word : leaf.words()) {
            if (attempt.op() == Op.JOIN) {
                Octets scalar = derive(word, rs -> KeyEquations.virtualScalar(rs, ctxHash));
                edge(seen, sid, 0, scalar, seen.firsts().get(0)).ifPresent(e -> put(edges, 0, e));
            }
            for (int i = 0; i < n && scalars.contains(word); i++) {
                int edge = i;
                edge(seen, sid, i, word, seen.firsts().get((i + 1) % n)).ifPresent(e -> put(edges, edge, e));
            }
        }
        return edges;
    }

    private static void put(Map<Integer, Set<Octets>> edges, int i, Octets edge) {
        edges.computeIfAbsent(i, any -> new HashSet<>()).add(edge);
    }

    private static Optional<Octets> edge(Seen seen, Hash sid, int i, Octets scalar, Commitment other) {
        if (other.point().isEmpty()) {
            return Optional.empty();
        }
        int n = seen.count();
        LeafId left = seen.attempt().active().get(i);
        LeafId right = seen.attempt().active().get((i + 1) % n);
        try {
            Octets x = derive(scalar, s -> KeyEquations.agree(s, other.point().get()));
            return Optional.of(
                    derive(x, s -> KeyEquations.edge(s, seen.attempt().hash(), sid, i, left, right)));
        } catch (AuthenticationFailedException smallOrder) {
            return Optional.empty();
        }
    }

    /** From E_i along T to E_n-1. */
    private static Octets walk(Seen seen, int i, Octets edge) {
        Octets at = edge;
        for (int j = i + 1; j < seen.count(); j++) {
            at = KeyEquations.xor(at, seen.openings().get(j).sum());
        }
        return at;
    }

    private static void mix(Set<Octets> secrets, Loot server, Octets k2) {
        for (Octets k1 : server.relayed()) {
            try (SecretBytes one = secret(k1);
                    SecretBytes two = secret(k2);
                    SecretBytes made = KeyEquations.schemeSecret(one, two)) {
                secrets.add(made.use(Octets::of));
            }
        }
    }

    private static Octets derive(Octets from, java.util.function.Function<SecretBytes, SecretBytes> equation) {
        try (SecretBytes key = secret(from);
                SecretBytes made = equation.apply(key)) {
            return made.use(Octets::of);
        }
    }

    private static SecretBytes secret(Octets octets) {
        return SecretBytes.take(octets.toByteArray());
    }
}
