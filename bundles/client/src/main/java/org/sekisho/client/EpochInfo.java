// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.util.List;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.SafetyNumber;
import org.sekisho.groups.member.MemberEvent;

/** An epoch whose keys are in use from now on, and who is in it. */
public record EpochInfo(long epoch, Hash epochHash, List<LeafId> members) {

    public EpochInfo {
        members = List.copyOf(members);
    }

    static EpochInfo of(MemberEvent.EpochActive e) {
        return new EpochInfo(e.epoch(), e.epochHash(), e.members());
    }

    /** Sixty digits that members can read to each other: equal for all in the same branch. */
    public String safetyNumber() {
        return SafetyNumber.of(epochHash);
    }
}
