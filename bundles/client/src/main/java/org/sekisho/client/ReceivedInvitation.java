// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.util.concurrent.CompletableFuture;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.group.Invitation;
import org.sekisho.groups.member.PendingInvitation;

/** An invitation to this participant; its signature and its inviter's certificate were checked. */
public final class ReceivedInvitation {

    private final Sekisho sekisho;
    private final PendingInvitation pending;

    ReceivedInvitation(Sekisho sekisho, PendingInvitation pending) {
        this.sekisho = sekisho;
        this.pending = pending;
    }

    public GroupId group() {
        return pending.invitation().group();
    }

    public LeafId inviter() {
        return pending.invitation().inviter();
    }

    public Invitation invitation() {
        return pending.invitation();
    }

    /**
     * Verifies the group from its beginning to what the inviter pinned, and answers. Returns when the answer is kept; the group
     * can be used from its next epoch on ({@link Group#awaitEpoch}). POLICY_VIOLATION when the gateway shows another group.
     */
    public Group accept() {
        return sekisho.accept(pending);
    }

    public CompletableFuture<Group> acceptAsync() {
        return sekisho.session().later(this::accept);
    }

    /** Forgets it; the inviter is not told. */
    public void ignore() {
        sekisho.session().host().ignore(pending.hash());
    }

    @Override
    public String toString() {
        return "ReceivedInvitation[" + group() + " by " + inviter() + "]";
    }
}
