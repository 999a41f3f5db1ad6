// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groupmanagement;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;

/**
 * State of a two-random-number group at its Group Management Server.
 *
 * @param rn1Generation generation of RN1 the members announced
 * @param rn2Generation generation of RN2 given out last
 * @param phase IDLE, or AWAIT_COMMIT while an epoch is open
 * @param nextRenewal when RN2 is renewed next
 * @param awaited the leaf asked to commit
 */
public record ManagementStatus(
        GroupId group,
        long rn1Generation,
        long rn2Generation,
        long epoch,
        String phase,
        Optional<Instant> nextRenewal,
        Optional<LeafId> awaited) {}
