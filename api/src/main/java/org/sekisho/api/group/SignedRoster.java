// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * A roster and who proposed it (label "roster").
 *
 * @param encoded the signed octets; their hash is the rosterHash
 * @param signer a leaf of the previous roster with the right for this step; the founder for the genesis roster
 */
public record SignedRoster(Roster roster, Octets encoded, LeafId signer, Octets signature) {}
