// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.Policy;

/**
 * A group as the gateway sees it.
 *
 * @param blind whether the operator is kept out by the scheme in use
 * @param blindReason why
 * @param epoch 0 before the first commit
 * @param state ACTIVE, or SUSPENDED with the reason in {@code stateReason}
 * @param queued events waiting for the scheme
 * @param dead events set aside
 * @param head position of the newest log entry
 * @param pendingSwitch the scheme switch that is under way
 */
public record GroupView(
        GroupId group,
        Policy policy,
        String schemeId,
        boolean blind,
        String blindReason,
        long rosterSeq,
        Hash rosterHash,
        List<LeafId> members,
        long epoch,
        Optional<Hash> epochHash,
        State state,
        String stateReason,
        long queued,
        long dead,
        long head,
        Instant createdAt,
        Optional<SwitchView> pendingSwitch) {

    public GroupView {
        members = List.copyOf(members);
    }

    /** Without a scheme switch. */
    public GroupView(
            GroupId group,
            Policy policy,
            String schemeId,
            boolean blind,
            String blindReason,
            long rosterSeq,
            Hash rosterHash,
            List<LeafId> members,
            long epoch,
            Optional<Hash> epochHash,
            State state,
            String stateReason,
            long queued,
            long dead,
            long head,
            Instant createdAt) {
        this(
                group,
                policy,
                schemeId,
                blind,
                blindReason,
                rosterSeq,
                rosterHash,
                members,
                epoch,
                epochHash,
                state,
                stateReason,
                queued,
                dead,
                head,
                createdAt,
                Optional.empty());
    }

    /** Whether the group's scheme runs. */
    public enum State {
        ACTIVE,
        SUSPENDED,
        SEND_BLOCKED
    }
}
