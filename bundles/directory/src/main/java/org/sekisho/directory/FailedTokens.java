// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.audit.AuditEntry;

/**
 * Counts enrolments with tokens that are none. Some of them a minute are recorded one by one and the others by number, so
 * that guessing does not fill the audit trail. Safe for many threads.
 */
final class FailedTokens {

    private static final int RECORDED = 30;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private Instant windowEnd = Instant.MIN;
    private int inWindow;
    private long total;
    private long unrecorded;

    /** Counts one; gives the record to be made of it, if any. */
    synchronized Optional<AuditEntry> count(Caller caller, Instant now) {
        if (now.isAfter(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            inWindow = 0;
        }
        total++;
        if (++inWindow > RECORDED) {
            unrecorded++;
            return Optional.empty();
        }
        String detail = total + " since the start, " + unrecorded + " more since the last record";
        unrecorded = 0;
        return Optional.of(
                new AuditEntry(caller.name(), "directory.enrol", "token", ErrorCode.BAD_TOKEN.name(), detail));
    }
}
