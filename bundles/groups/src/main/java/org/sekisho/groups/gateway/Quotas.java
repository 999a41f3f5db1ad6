// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Duration;

/**
 * How much of the gateway one participant may use up, and for how long it keeps what waits for them.
 *
 * @param groupsPerParticipant groups that one participant may found
 * @param mailboxOctets octets of letters that wait in one mailbox
 * @param mailboxOctetsPerSender of those, octets of one sender
 * @param complaintsPerMember proofs of misbehaviour that one member may leave in one group
 * @param logKept how long a group's log keeps an entry, counted while the gateway is up; a minute at least
 */
public record Quotas(
        int groupsPerParticipant,
        long mailboxOctets,
        long mailboxOctetsPerSender,
        int complaintsPerMember,
        Duration logKept) {

    public static final Quotas DEFAULTS = new Quotas(1_000, 64L << 20, 16L << 20, 100, Duration.ofDays(30));

    public Quotas {
        if (groupsPerParticipant < 1
                || mailboxOctetsPerSender < Mailboxes.MAX_SIZE
                || mailboxOctets < mailboxOctetsPerSender
                || complaintsPerMember < 1
                || logKept.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("quotas that let nobody do anything");
        }
    }
}
