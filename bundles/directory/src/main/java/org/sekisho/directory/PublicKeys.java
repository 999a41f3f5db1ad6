// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.X25519;

/** Refuses keys that others could not use: one such key would stop everybody who seals to a whole group. */
final class PublicKeys {

    private PublicKeys() {}

    static void requireIdKey(Octets key) {
        try {
            VerifyingKey.of(key);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "not an Ed25519 key");
        }
    }

    static void requireHpkeKey(Octets key, Entropy entropy) {
        if (key.size() != X25519.KEY_SIZE) {
            throw new RejectedException(ErrorCode.MALFORMED, "not an X25519 key");
        }
        try (SecretBytes any = X25519.generate(entropy)) {
            X25519.agree(any, key).close();
        } catch (AuthenticationFailedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "an X25519 key of small order");
        }
    }
}
