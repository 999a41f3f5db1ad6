// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import org.sekisho.api.Octets;
import org.sekisho.api.SafetyNumber;
import org.sekisho.crypto.Sha256;

/**
 * Sixty digits that stand for an identity key: the {@link SafetyNumber} of {@code H(CBOR["fingerprint", idKey])}. Two people who
 * compare them know each other's key whatever any gateway or authority says. The keys a leaf seals with follow from it, since
 * the identity key signs them ({@link LeafBinding}).
 */
public final class Fingerprint {

    private Fingerprint() {}

    /** The digits, in groups of five. */
    public static String of(Octets idKey) {
        return SafetyNumber.of(Sha256.hashArray("fingerprint", idKey));
    }
}
