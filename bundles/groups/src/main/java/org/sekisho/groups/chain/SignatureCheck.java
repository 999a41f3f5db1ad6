// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.crypto.VerifyingKey;

/** Signatures with a label, over the octets as they came. */
final class SignatureCheck {

    private SignatureCheck() {}

    /** Throws BAD_SIGNATURE unless {@code key} made {@code signature}. A key that is none counts as a wrong one. */
    static void require(Octets key, String label, Octets signed, Octets signature) {
        if (!verifies(key, label, signed, signature)) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "the signature does not verify");
        }
    }

    static boolean verifies(Octets key, String label, Octets signed, Octets signature) {
        try {
            return VerifyingKey.of(key).verify(label, signed, signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
