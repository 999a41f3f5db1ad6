// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.pre;

import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.Kdf;

/**
 * The point that a header hides: the only secret of one stored message. Its x-coordinate never is a key itself:
 * {@code prk = EXT("sekisho1 pre", Z)}.
 */
public final class SharedPoint implements AutoCloseable {

    private static final String SALT = "sekisho1 pre";

    private final SecretBytes coordinate;

    SharedPoint(SecretBytes coordinate) {
        this.coordinate = coordinate;
    }

    /** {@code KDF(prk, "pre dek", [groupId, messageId, cohort], 32)}. */
    public BodyKey bodyKey(GroupId group, Octets messageId, long cohort) {
        return new BodyKey(derive("pre dek", group, messageId, cohort));
    }

    /**
     * {@code KDF(prk, "pre commit", [groupId, messageId, cohort], 32)}: public, written once, and the same after every
     * right re-encryption. It names message and cohort, so a header moved elsewhere shows.
     */
    public Hash commitment(GroupId group, Octets messageId, long cohort) {
        try (SecretBytes bytes = derive("pre commit", group, messageId, cohort)) {
            return bytes.use(Hash::of);
        }
    }

    private SecretBytes derive(String label, GroupId group, Octets messageId, long cohort) {
        try (SecretBytes prk = Kdf.extract(SALT, coordinate)) {
            return Kdf.derive(prk, label, Aead.KEY_SIZE, group, messageId, cohort);
        }
    }

    @Override
    public void close() {
        coordinate.close();
    }

    /** Without the point. */
    @Override
    public String toString() {
        return "SharedPoint";
    }
}
