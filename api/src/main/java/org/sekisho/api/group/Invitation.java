// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.time.Instant;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;

/**
 * Invites one leaf and pins what it will be shown: genesis nonce, roster and epoch (protocol note F5). Travels as the body of
 * an envelope the inviter signs.
 *
 * @param inviteNonce 16 random octets; answered once
 * @param expiry by the inviter's clock
 * @param canInvite the invitee will get the right to invite
 */
public record Invitation(
        GroupId group,
        Octets groupNonce,
        long rosterSeq,
        Hash rosterHash,
        long epoch,
        Hash epochHash,
        LeafId inviter,
        LeafId invitee,
        Octets inviteNonce,
        Instant expiry,
        boolean canInvite) {}
