// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.time.Instant;
import org.sekisho.api.Octets;
import org.sekisho.searchindex.wire.IndexLimits;

/** A place in the order newest first: what comes behind it is older, or of the same minute with a greater identifier. */
public record Cursor(long minute, Octets message) {

    /** Before everything of this time's minute and later. */
    public static Cursor before(Instant time) {
        byte[] last = new byte[IndexLimits.ID];
        java.util.Arrays.fill(last, (byte) 0xff);
        return new Cursor(Math.floorDiv(time.getEpochSecond(), 60L), Octets.of(last));
    }

    boolean isBefore(Posting posting) {
        return posting.minute() < minute
                || posting.minute() == minute && posting.message().compareTo(message) > 0;
    }
}
