// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership.wire;

import org.sekisho.api.Octets;

/**
 * What a scheme sends along with a roster.
 *
 * @param scheme id of the scheme that made it
 * @param body the scheme's own
 */
public record Attachment(String scheme, Octets body) {

    public static final int MAX_SCHEME = 64;
    public static final int MAX_BODY = 64 << 10;
}
