// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.util.Optional;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;
import org.sekisho.keyderivation.wire.Strict;

/** Secrets in parts of their own, so that erasing one is deleting a row. */
final class Secrets {

    private static final int VERSION = 1;
    private static final int MOST = 64;

    private Secrets() {}

    static void put(Draft<?> draft, String key, SecretBytes secret) {
        draft.put(key, secret.use(s -> Cbor.encode(VERSION, s)));
    }

    /** The caller closes it. */
    static Optional<SecretBytes> get(Draft<?> draft, String key) {
        return draft.part(key)
                .map(part -> Strict.decode("secret", part, MOST + 8, r -> {
                    r.struct(VERSION, 2);
                    return SecretBytes.take(r.bytes(MOST));
                }));
    }

    static SecretBytes require(Draft<?> draft, String key) {
        return get(draft, key).orElseThrow(() -> new IllegalStateException("the state lacks " + key));
    }

    /** Moves a secret, or deletes what is at {@code to} when there is none. */
    static void move(Draft<?> draft, String from, String to) {
        draft.part(from).ifPresentOrElse(value -> draft.put(to, value), () -> draft.delete(to));
        draft.delete(from);
    }
}
