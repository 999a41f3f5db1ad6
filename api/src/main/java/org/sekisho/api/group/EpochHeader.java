// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;

/**
 * What an epoch is bound to. {@code headerHash = H(header)}; every secret of the epoch is derived under it.
 *
 * @param epoch from 1
 * @param previous epochHash of the epoch before; empty for the first
 * @param transcriptHash what the scheme agreed on
 * @param cohort grows with each step that removes a leaf or replaces its keys (protocol note F14)
 */
public record EpochHeader(
        GroupId group,
        long epoch,
        String schemeId,
        Optional<Hash> previous,
        Hash rosterHash,
        Hash policyHash,
        Hash transcriptHash,
        long cohort) {

    public EpochHeader {
        Limit.atMost("epoch", epoch, Long.MAX_VALUE);
        Limit.atMost("cohort", cohort, Long.MAX_VALUE);
        Limit.atMost("scheme id", schemeId.length(), 64);
    }
}
