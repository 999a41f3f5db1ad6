// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.search;

import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.Kdf;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.KeySchedule;

/**
 * How the ring of cohort keys is sealed for the members of an epoch, and, where members read from their join on, each key in it
 * once more under what only members of its cohort have (0050, 3.4).
 */
public final class RingSeal {

    private static final Octets ZERO_NONCE = Octets.of(new byte[Aead.NONCE_SIZE]);

    private RingSeal() {}

    /** The key of the outer seal; of the epoch whose exporter it is. */
    public static SecretBytes ringKey(ExporterSecret exporter, GroupId group, long epoch) {
        return KeySchedule.internal(exporter, "sse ring", Cbor.encode(group, epoch), 32);
    }

    /** {@code J_j}: only who was a member in the first epoch of a cohort, or was granted it, has it. */
    public static SecretBytes joinKey(ExporterSecret firstEpoch, GroupId group, long cohort) {
        return KeySchedule.internal(firstEpoch, "pre join", Cbor.encode(group, cohort), 32);
    }

    /** Random nonce, then the sealed ring. */
    public static Octets seal(SecretBytes ringKey, Octets context, SecretBytes ring, Entropy entropy) {
        Octets nonce = Octets.of(entropy.next(Aead.NONCE_SIZE));
        return Octets.concat(nonce, Octets.of(ring.use(r -> Aead.AES_256_GCM.seal(ringKey, nonce, context, r))));
    }

    /** Throws {@link org.sekisho.crypto.AuthenticationFailedException} when it is not that. */
    public static SecretBytes open(SecretBytes ringKey, Octets context, Octets sealed) {
        if (sealed.size() < Aead.NONCE_SIZE) {
            throw new org.sekisho.crypto.AuthenticationFailedException();
        }
        Octets nonce = sealed.slice(0, Aead.NONCE_SIZE);
        byte[] rest = sealed.slice(Aead.NONCE_SIZE, sealed.size()).toByteArray();
        return SecretBytes.take(Aead.AES_256_GCM.open(ringKey, nonce, context, rest));
    }

    /** One key for members of its cohort only. The key of this seal seals nothing else, so its nonce is zero. */
    public static Octets sealEntry(SecretBytes joinKey, GroupId group, long cohort, CohortKey key) {
        try (SecretBytes own = Kdf.derive(joinKey, "sse ring entry", 32, group, cohort)) {
            return key.bytes()
                    .use(k -> Octets.of(Aead.AES_256_GCM.seal(own, ZERO_NONCE, Cbor.encode(group, cohort), k)));
        }
    }

    /** Throws {@link org.sekisho.crypto.AuthenticationFailedException} when it is not that. */
    public static CohortKey openEntry(SecretBytes joinKey, GroupId group, long cohort, Octets sealed) {
        try (SecretBytes own = Kdf.derive(joinKey, "sse ring entry", 32, group, cohort)) {
            return new CohortKey(SecretBytes.take(
                    Aead.AES_256_GCM.open(own, ZERO_NONCE, Cbor.encode(group, cohort), sealed.toByteArray())));
        }
    }
}
