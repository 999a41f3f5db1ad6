// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.time.Duration;
import java.time.InstantSource;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.store.RowStore;

/** What the classes of this package share. */
record StoreParts(
        RowStore rows,
        GroupBook book,
        TokenVault vault,
        Turner turner,
        AuditTrail audit,
        Watchers watchers,
        InstantSource clock,
        Limits limits) {

    /**
     * What an installation allows.
     *
     * @param messageOctets longest plaintext of a message
     * @param grace how long an applied token is kept for undoing
     * @param lazy whether tokens are kept and applied at each read
     */
    record Limits(long messageOctets, Duration grace, boolean lazy) {}
}
