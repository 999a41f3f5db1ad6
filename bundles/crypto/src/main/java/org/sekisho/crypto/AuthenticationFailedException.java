// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto;

/**
 * Something sealed did not open, or something signed did not verify.
 *
 * <p>One outcome for every reason: which check failed would tell an attacker what to change. Carries neither cause nor
 * detail.
 */
public final class AuthenticationFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The one outcome. */
    public AuthenticationFailedException() {
        super("authentication failed", null, false, false);
    }
}
