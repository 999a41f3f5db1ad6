// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.VerifyingKey;

/**
 * Octets with a member's signature, to be passed on as they are.
 *
 * @param bytes what was signed
 */
public record Signed(Octets bytes, Octets signature) {

    /** Throws BAD_SIGNATURE unless {@code key} signed this for {@code label}. */
    public void require(String label, Octets key) {
        boolean genuine;
        try {
            genuine = VerifyingKey.of(key).verify(label, bytes, signature);
        } catch (IllegalArgumentException noKey) {
            genuine = false;
        }
        if (!genuine) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "not signed by the leaf it names");
        }
    }

    void write(CborWriter w) {
        w.bytes(bytes).bytes(signature);
    }

    static Signed read(CborReader r, int maxSize) {
        return new Signed(r.octets(maxSize), r.octetsOf(SigningKey.SIGNATURE_SIZE));
    }
}
