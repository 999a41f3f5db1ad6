// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import org.sekisho.api.Octets;

/** What the codecs know of signatures: their size. */
final class Signatures {

    /** Length of an Ed25519 signature, in octets. */
    static final int SIZE = 64;

    private Signatures() {}

    static Octets sized(Octets signature) {
        return Strict.sized("signature", signature, SIZE);
    }
}
