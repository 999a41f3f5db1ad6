// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.groupmanagement.wire.Formulas;

/** Every RN1 the leaf held, and what join steps make of it along the rosters, with every RN2 the server drew. */
final class TwoRandomDerivations implements Derivations {

    private static final String RN1 = "rn1/";

    @Override
    public Set<Octets> secrets(GroupId group, Loot server, Loot leaf) {
        Set<Octets> rn1s = new HashSet<>();
        leaf.parts().forEach((key, values) -> {
            if (key.startsWith(RN1)) {
                long generation = Long.parseLong(key.substring(RN1.length()), 16);
                values.forEach(value -> rn1s.addAll(walk(group, server, new Loot32(value), generation)));
            }
        });
        Set<Octets> rn2s = new HashSet<>(server.drawn());
        rn2s.addAll(server.relayed());
        Set<Octets> secrets = new HashSet<>(leaf.words());
        for (Octets rn1 : rn1s) {
            for (Octets rn2 : rn2s) {
                try (SecretBytes one = secret(rn1);
                        SecretBytes two = secret(rn2);
                        SecretBytes made = Formulas.schemeSecret(two, one)) {
                    secrets.add(made.use(Octets::of));
                }
            }
        }
        return secrets;
    }

    /** The first 32-octet string in a stored value. */
    private record Loot32(Octets stored) {
        Set<Octets> words() {
            Loot loot = new Loot();
            loot.holds(stored);
            return loot.words();
        }
    }

    private static Set<Octets> walk(GroupId group, Loot server, Loot32 stored, long generation) {
        List<Hash> rosters = new ArrayList<>(new LinkedHashMap<>(server.rosters()).keySet());
        Set<Octets> reached = new HashSet<>();
        for (Octets start : stored.words()) {
            reached.add(start);
            for (int from = 0; from < rosters.size(); from++) {
                Octets at = start;
                for (int i = from; i < rosters.size(); i++) {
                    try (SecretBytes rn1 = secret(at);
                            SecretBytes next =
                                    Formulas.joinStep(rn1, group, generation + 1 + i - from, rosters.get(i))) {
                        at = next.use(Octets::of);
                    }
                    reached.add(at);
                }
            }
        }
        return reached;
    }

    private static SecretBytes secret(Octets octets) {
        return SecretBytes.take(octets.toByteArray());
    }
}
