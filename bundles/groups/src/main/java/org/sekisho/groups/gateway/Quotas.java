// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

/**
 * How much of the gateway one participant may use up.
 *
 * @param groupsPerParticipant groups that one participant may found
 * @param mailboxOctets octets of letters that wait in one mailbox
 * @param mailboxOctetsPerSender of those, octets of one sender
 * @param complaintsPerMember proofs of misbehaviour that one member may leave in one group
 */
public record Quotas(
        int groupsPerParticipant, long mailboxOctets, long mailboxOctetsPerSender, int complaintsPerMember) {

    public static final Quotas DEFAULTS = new Quotas(1_000, 64L << 20, 16L << 20, 100);

    public Quotas {
        if (groupsPerParticipant < 1
                || mailboxOctetsPerSender < Mailboxes.MAX_SIZE
                || mailboxOctets < mailboxOctetsPerSender
                || complaintsPerMember < 1) {
            throw new IllegalArgumentException("quotas that let nobody do anything");
        }
    }
}
