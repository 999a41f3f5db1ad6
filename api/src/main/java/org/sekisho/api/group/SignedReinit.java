// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * A scheme switch and who ordered it (label "reinit").
 *
 * @param encoded the signed octets; their hash is H(Reinit)
 * @param signer an administrator of the roster of {@code fromEpoch}
 * @param params what the new instances are created with; not under the signature, but their hash is
 */
public record SignedReinit(Reinit reinit, Octets encoded, LeafId signer, Octets signature, Octets params) {

    /** Most octets of {@code params}. */
    public static final int MAX_PARAMS = 64 << 10;

    public SignedReinit {
        Limit.atMost("parameters of a scheme", params.size(), MAX_PARAMS);
    }
}
