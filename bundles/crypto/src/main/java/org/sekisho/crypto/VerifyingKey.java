// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.sekisho.api.Octets;

/**
 * An Ed25519 public key (RFC 8032) of 32 bytes.
 *
 * <p>Guarantees: the key is a canonical point of the prime-order subgroup, and {@link #verify} accepts exactly one
 * signature encoding: canonical R and S, equation without cofactor. So neither key nor signature can be re-encoded, and
 * no key verifies everything. Safe for many threads.
 */
public final class VerifyingKey {

    /** Length in bytes. */
    public static final int SIZE = 32;

    private static final int REMEMBERED = 1024;

    private static final Map<Octets, VerifyingKey> RECENT =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Octets, VerifyingKey> eldest) {
                    return size() > REMEMBERED;
                }
            });

    private final Octets bytes;
    private final Ed25519.PublicPoint point;

    private VerifyingKey(Octets bytes, Ed25519.PublicPoint point) {
        this.bytes = bytes;
        this.point = point;
    }

    /**
     * Reads a key, or throws {@link IllegalArgumentException} when it is none or of small or mixed order. That check costs as much
     * as a signature's, and the same few keys are read again with every message: the last {@value #REMEMBERED} are remembered.
     */
    public static VerifyingKey of(Octets bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an Ed25519 key has " + SIZE + " bytes");
        }
        VerifyingKey known = RECENT.get(bytes);
        if (known != null) {
            return known;
        }
        VerifyingKey checked = checked(bytes);
        RECENT.put(bytes, checked);
        return checked;
    }

    private static VerifyingKey checked(Octets bytes) {
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(bytes.toByteArray(), 0);
        if (point == null) {
            throw new IllegalArgumentException("not a point of the prime-order subgroup");
        }
        return new VerifyingKey(bytes, point);
    }

    /** The encoding. */
    public Octets bytes() {
        return bytes;
    }

    /** Whether {@code signature} was made for {@code label} and {@code message} by the private half of this key. */
    public boolean verify(String label, Octets message, Octets signature) {
        return verifyBare(LabelledMessage.of(label, message), signature);
    }

    /** {@link #verify} that throws {@link AuthenticationFailedException} instead of returning false. */
    public void require(String label, Octets message, Octets signature) {
        if (!verify(label, message, signature)) {
            throw new AuthenticationFailedException();
        }
    }

    boolean verifyBare(byte[] message, Octets signature) {
        return signature.size() == SigningKey.SIGNATURE_SIZE
                && Ed25519.verify(signature.toByteArray(), 0, point, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "VerifyingKey[" + bytes.hex() + "]";
    }
}
