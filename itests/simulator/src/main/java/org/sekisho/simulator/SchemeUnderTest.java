// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.List;
import java.util.function.Supplier;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.groupmanagement.protocol.TwoRandomScheme;
import org.sekisho.keyderivation.protocol.KeyDerivationScheme;

/**
 * All that the simulator and the contract kit want to know of a scheme.
 *
 * @param id its id
 * @param bundle makes what its bundle would register; called again for each swap and restart
 * @param packages of its code: what a swap in a class loader of its own loads again
 * @param wishes names of requests without arguments that ask for a new key
 * @param derivations what its equations make of what traitors hold
 */
public record SchemeUnderTest(
        String id,
        Supplier<GroupKeyScheme> bundle,
        List<String> packages,
        List<String> wishes,
        Derivations derivations) {

    public static final SchemeUnderTest TWO_RANDOM = new SchemeUnderTest(
            "two-random",
            TwoRandomScheme::new,
            List.of("org.sekisho.groupmanagement.", "org.sekisho.membership."),
            List.of("renew"),
            new TwoRandomDerivations());

    public static final SchemeUnderTest KEY_DERIVATION = new SchemeUnderTest(
            "key-derivation",
            KeyDerivationScheme::new,
            List.of("org.sekisho.keyderivation.", "org.sekisho.membership."),
            List.of("renew", "refresh"),
            new KeyDerivationDerivations());

    /** All there are. */
    public static final List<SchemeUnderTest> ALL = List.of(TWO_RANDOM, KEY_DERIVATION);

    public SchemeUnderTest {
        packages = List.copyOf(packages);
        wishes = List.copyOf(wishes);
    }

    @Override
    public String toString() {
        return id;
    }
}
