// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.util.Map;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * An envelope, its signature, and slices: what only one addressee needs to fetch (a key sealed to it). Slices are not under
 * the signature: a scheme that uses them commits to their content in the signed body.
 */
public record SignedEnvelope(Envelope envelope, Octets encoded, Octets signature, Map<LeafId, Octets> slices) {

    public static final int MAX_SLICE = 1024;

    public SignedEnvelope {
        slices = Map.copyOf(slices);
        Limit.atMost("slices", slices.size(), Policy.MAX_MEMBERS);
        slices.values().forEach(s -> Limit.atMost("slice octets", s.size(), MAX_SLICE));
    }
}
