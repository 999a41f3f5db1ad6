// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.Octets;

/**
 * One entry of a group's log or of a mailbox.
 *
 * @param n position, from 1; gaps are entries for others
 * @param bytes the sealed message, or the signed envelope without slices
 * @param slice this reader's slice of the envelope
 * @param at when the gateway took it; not authenticated
 */
public record LogEntry(long n, Kind kind, Octets bytes, Optional<Octets> slice, Instant at) {

    /** What an entry is. */
    public enum Kind {
        /** A {@link org.sekisho.api.group.SignedEnvelope}. */
        ENVELOPE,
        /** A sealed application message. */
        MESSAGE
    }
}
