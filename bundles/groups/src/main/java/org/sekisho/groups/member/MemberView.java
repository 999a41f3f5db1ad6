// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.SafetyNumber;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.SignedRoster;

/**
 * A group as one of its members verified it.
 *
 * @param epoch number of the newest committed epoch, 0 before the first
 * @param keyed whether this leaf has that epoch's keys: then it can seal
 * @param roster of that epoch
 * @param proposal verified, not committed yet
 * @param freshUntil until then this leaf seals; see protocol note F10
 * @param schemeId the scheme in use
 * @param pendingSwitch the switch to another one that is under way
 * @param missingScheme the group is ordered to a scheme that this program does not have: the log is read no further until it does, so
 *     epoch, roster and scheme here may be old
 * @param refused protocol messages that were not accepted
 * @param unopened messages that could not be opened
 */
public record MemberView(
        GroupId group,
        MemberStatus status,
        Policy policy,
        long epoch,
        Optional<Hash> epochHash,
        boolean keyed,
        SignedRoster roster,
        Optional<SignedRoster> proposal,
        Instant freshUntil,
        String schemeId,
        Optional<Reinit> pendingSwitch,
        Optional<String> missingScheme,
        long cursor,
        long refused,
        long unopened) {

    /** Digits for people to compare; empty before the first epoch. */
    public Optional<String> safetyNumber() {
        return epochHash.map(SafetyNumber::of);
    }
}
