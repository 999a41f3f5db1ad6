// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;
import org.sekisho.groupmanagement.wire.Formulas;
import org.sekisho.membership.wire.Strict;

/** RN1 by generation, each in a part of its own, so that erasing one is deleting a row. */
final class Rn1Store {

    private static final String PREFIX = "rn1/";
    private static final int VERSION = 1;

    private Rn1Store() {}

    static void put(Draft<MemberState> draft, long gen, SecretBytes rn1) {
        draft.put(key(gen), rn1.use(secret -> Cbor.encode(VERSION, secret)));
    }

    static Optional<SecretBytes> get(Draft<MemberState> draft, long gen) {
        return draft.part(key(gen)).map(Rn1Store::decode);
    }

    /** 0038 section 3.2: the public one-way step to the line's newest generation, where this leaf has RN1. */
    static void stepOn(Draft<MemberState> draft, long from) {
        Rn1Line line = draft.state.line();
        Optional<SecretBytes> before = from == 0 ? Optional.empty() : get(draft, from);
        if (before.isPresent()) {
            try (SecretBytes rn1 = before.get();
                    SecretBytes next = Formulas.joinStep(rn1, draft.ctx.group(), line.topGen(), line.target())) {
                put(draft, line.topGen(), next);
            }
        }
    }

    /** Erases every generation before {@code gen}. */
    static void eraseBefore(Draft<MemberState> draft, long gen) {
        draft.keys(PREFIX).stream().filter(k -> k.compareTo(key(gen)) < 0).forEach(draft::delete);
    }

    static void eraseAll(Draft<MemberState> draft) {
        draft.deleteAll(PREFIX);
    }

    private static String key(long gen) {
        return PREFIX + Octets.ofLong(gen).hex();
    }

    private static SecretBytes decode(Octets part) {
        return Strict.decode("RN1", part, 64, r -> {
            r.struct(VERSION, 2);
            return SecretBytes.take(r.bytes(Formulas.SIZE));
        });
    }
}
