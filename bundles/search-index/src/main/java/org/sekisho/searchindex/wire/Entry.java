// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.wire;

import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.codec.CborWriter;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.VerifyingKey;

/**
 * An entry of the index log: {@code [1, kind, statement, signature]}, kind 0 manifest, 1 tombstone, 2 audit.
 *
 * @param encoded the whole entry
 * @param signed the statement as it was signed
 */
public record Entry(Statement statement, Octets signed, Octets signature, Octets encoded) {

    /** Signs for the log; {@code label} and octets in, signature out. */
    @FunctionalInterface
    public interface Signer {
        Octets sign(String label, Octets statement);
    }

    public static Entry of(Statement statement, Signer signer) {
        Octets signed = statement.encode();
        Octets signature = signer.sign(statement.label(), signed);
        int kind = kind(statement);
        Octets encoded = new CborWriter()
                .array(4)
                .integer(1)
                .integer(kind)
                .bytes(signed)
                .bytes(signature)
                .toOctets();
        return new Entry(statement, signed, signature, encoded);
    }

    private static int kind(Statement statement) {
        if (statement instanceof Manifest) {
            return 0;
        }
        return statement instanceof Tombstone ? 1 : 2;
    }

    public static Entry decode(Octets encoded) {
        return Strict.decode("entry of the index log", encoded, IndexLimits.MAX_ENTRY, r -> {
            r.struct(1, 4);
            int kind = (int) r.uint(2);
            Octets signed = r.octets(IndexLimits.MAX_MANIFEST);
            Octets signature = r.octetsOf(SigningKey.SIGNATURE_SIZE);
            Statement statement =
                    switch (kind) {
                        case 0 -> Manifest.decode(signed);
                        case 1 -> Tombstone.decode(signed);
                        default -> Audit.decode(signed);
                    };
            return new Entry(statement, signed, signature, encoded);
        });
    }

    /** Whether {@code key} signed it. */
    public boolean signedBy(VerifyingKey key) {
        return key.verify(statement.label(), signed, signature);
    }

    public Hash hash() {
        return Sha256.hash(encoded);
    }
}
