// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Hpke;
import org.sekisho.crypto.HpkePublicKey;

/** One random number for every leaf of a roster. */
final class Sealing {

    private Sealing() {}

    /** A slice per leaf. A leaf whose key is no usable point gets none: it harms nobody but itself. */
    static Map<LeafId, Octets> forAll(
            Roster roster, String label, Function<LeafId, Octets> context, SecretBytes secret, Entropy entropy) {
        Map<LeafId, Octets> slices = new HashMap<>(2 * roster.entries().size());
        for (RosterEntry entry : roster.entries()) {
            try {
                Octets slice = Hpke.seal(
                        new HpkePublicKey(entry.hpkeKey()), label, context.apply(entry.leaf()), secret, entropy);
                slices.put(entry.leaf(), slice);
            } catch (IllegalArgumentException smallOrder) {
                slices.remove(entry.leaf());
            }
        }
        return slices;
    }
}
