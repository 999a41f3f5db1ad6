// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import org.sekisho.searchindex.wire.Manifest;

/**
 * A segment and what became of it.
 *
 * @param n its position in the index log
 * @param audited another member found it right
 */
public record SegmentState(Manifest manifest, long n, Phase phase, boolean audited) {

    /** Life of a segment. */
    public enum Phase {
        /** Searched. */
        LIVE,
        /** Another took its place; kept until that one was audited. */
        REPLACED,
        /** Found wrong by an audit. */
        DEAD
    }

    public boolean live() {
        return phase == Phase.LIVE;
    }

    SegmentState with(Phase next) {
        return new SegmentState(manifest, n, next, audited);
    }

    SegmentState withAudit() {
        return new SegmentState(manifest, n, phase, true);
    }
}
