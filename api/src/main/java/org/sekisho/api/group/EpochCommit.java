// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * An epoch as its sponsor announces it. {@code epochHash = H(CBOR["epoch", header, confirmTag])}: neither the sponsor nor a
 * signature is in it, so every valid commit of one header gives the same chain (protocol note F8).
 *
 * @param confirmTag 32 octets; only who knows the epoch's secret can make or check it
 */
public record EpochCommit(EpochHeader header, Octets confirmTag, LeafId sponsor) {

    public EpochCommit {
        Limit.atMost("confirm tag octets", confirmTag.size(), 32);
    }
}
