// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.time.Instant;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;

/**
 * A protocol message: origin, audience and freshness of every message are checked here, once, before any handler sees it.
 * Signed by its sender with the label "envelope/" + type over the encoded octets.
 *
 * @param from a member or the server
 * @param generation 8 random octets, drawn when the sender's store was opened; with {@code counter} the message's identity
 * @param counter strictly increasing within a generation, from 1
 * @param type "whose/which", for example {@code member/notify} or {@code rn12/rn2}; at most 64 characters
 * @param issuedAt by the sender's clock; informative
 * @param body at most {@link #MAX_BODY} octets
 */
public record Envelope(
        GroupId group,
        Party from,
        Party to,
        Octets generation,
        long counter,
        String type,
        Instant issuedAt,
        Octets body) {

    public static final int MAX_TYPE = 64;
    public static final int MAX_BODY = 4 << 20;

    public Envelope {
        Limit.atMost("type", type.length(), MAX_TYPE);
        Limit.atMost("body octets", body.size(), MAX_BODY);
        Limit.atMost("generation octets", generation.size(), 8);
        Limit.atMost("counter", counter, Long.MAX_VALUE);
    }
}
