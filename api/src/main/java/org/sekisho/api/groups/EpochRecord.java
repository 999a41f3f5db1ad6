// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.time.Instant;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.EpochHeader;

/**
 * A committed epoch.
 *
 * @param commit the sponsor's signed commit, encoded
 */
public record EpochRecord(EpochHeader header, Hash epochHash, LeafId sponsor, Octets commit, Instant at) {}
