// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;

/**
 * Group member notification (S0 figures 4 to 7): {@code [1, signedRosterBytes, rotationBytes|null]}. RN1 sealed to each leaf
 * of the new roster travels in the envelope's slices.
 *
 * @param signedRoster an encoded {@link org.sekisho.api.group.SignedRoster}
 * @param rotation an encoded {@link Rotation}; needed when a leaf is removed
 */
public record Notification(Octets signedRoster, Optional<Octets> rotation) {

    public Octets encode() {
        return Cbor.encode(1, signedRoster, rotation);
    }

    public static Notification decode(Octets encoded) {
        return Strict.decode("notification", encoded, Envelope.MAX_BODY, r -> {
            r.struct(1, 3);
            return new Notification(r.octets(Envelope.MAX_BODY), r.optional(Notification::rotation));
        });
    }

    private static Octets rotation(CborReader r) {
        return r.octets(Rotation.MAX_SIZE);
    }
}
