// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import java.time.Instant;
import org.sekisho.api.LeafId;

/**
 * Lets one participant enrol once.
 *
 * @param leaf the leaf it will be
 * @param token secret of 32 random octets, base64url; shown once, stored only as a hash
 */
public record EnrolmentToken(LeafId leaf, String name, String token, Instant expiry) {

    /** Without the token. */
    @Override
    public String toString() {
        return "EnrolmentToken[" + name + ", " + leaf + ", " + expiry + "]";
    }
}
