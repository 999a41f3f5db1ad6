// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns a user name and a password of the container into a caller, wherever in a request they stand; every way shares the
 * limits on guessing, for each address and for each name.
 */
@ProviderType
public interface PasswordAuthenticator {

    /**
     * Blocks on the container's log-in. DeniedException UNAUTHENTICATED, one answer for every reason; UnavailableException
     * RATE_LIMITED after too many failures.
     *
     * @param password erased by the caller
     * @param address of the connection
     * @param secure whether the connection is encrypted
     */
    Caller authenticate(String user, char[] password, String address, boolean secure);
}
