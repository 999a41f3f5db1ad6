// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.time.Duration;
import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;

/**
 * The rules of a group, signed by its owner; its hash stands in every roster and epoch header, and host, endpoints and SDK
 * enforce it alike. Visible to the gateway's operator, the title included.
 *
 * @param title for people; at most 128 characters
 * @param ownerKey Ed25519 key of the owner, who signs the policy
 * @param serverKey Ed25519 key of the Group Management Server this group trusts for RN2 and for nothing else
 * @param version starts at 1; a later policy has a higher one
 * @param schemeId scheme the group starts with
 * @param allowedSchemes schemes a switch may go to
 * @param blindRequired no scheme may be used that lets the gateway read
 * @param admission who may be added
 * @param passOnInvite an inviter may give the right to invite to those it invites (S0)
 * @param deferRotation a removal may leave RN1 unchanged; then gateway and a former member together can read on
 * @param rn1Interval longest life of RN1
 * @param rn2Interval longest life of RN2; one second at least
 * @param maxStale longest time without a fresh view after which a client does not seal any more (protocol note F10)
 * @param history who reads stored history
 * @param maxMembers leaves, 1 to 10,000
 * @param maxMessage octets of a sealed message, at most 1 MiB
 */
public record Policy(
        String title,
        Octets ownerKey,
        Octets serverKey,
        long version,
        String schemeId,
        List<String> allowedSchemes,
        boolean blindRequired,
        Admission admission,
        boolean passOnInvite,
        boolean deferRotation,
        Duration rn1Interval,
        Duration rn2Interval,
        Duration maxStale,
        History history,
        int maxMembers,
        int maxMessage) {

    public static final int MAX_TITLE = 128;
    public static final int MAX_SCHEMES = 16;
    public static final int MAX_MEMBERS = 10_000;
    public static final int MAX_MESSAGE = 1 << 20;
    public static final Duration MAX_INTERVAL = Duration.ofDays(3660);

    public Policy {
        allowedSchemes = List.copyOf(allowedSchemes);
        Limit.atMost("title", title.length(), MAX_TITLE);
        Limit.atMost("schemes", allowedSchemes.size(), MAX_SCHEMES);
        Limit.atMost("members", maxMembers, MAX_MEMBERS);
        Limit.atMost("message octets", maxMessage, MAX_MESSAGE);
        if (ownerKey.size() != 32 || serverKey.size() != 32 || version < 1 || maxMembers < 1 || maxMessage < 1) {
            throw new RejectedException(ErrorCode.MALFORMED, "policy out of range");
        }
        if (!allowedSchemes.contains(schemeId)) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "the policy does not allow its own scheme");
        }
        checkInterval("rn1Interval", rn1Interval);
        checkInterval("rn2Interval", rn2Interval);
        checkInterval("maxStale", maxStale);
    }

    private static void checkInterval(String what, Duration d) {
        if (d.compareTo(Duration.ofSeconds(1)) < 0 || d.compareTo(MAX_INTERVAL) > 0) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, what + ": 1 second to 10 years");
        }
    }
}
